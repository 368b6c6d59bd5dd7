/**
 * What every command line entry shares.
 *
 * @module
 */
import { fromFileUrl, resolve } from "@std/path";
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { DataError, exitStatus, exitStatusOf, GoldenError, UsageError } from "../../src/errors.ts";
import { type Profile, profiles } from "../../src/suite/reproduction.ts";

/** The root of the project. */
export const root: string = fromFileUrl(new URL("../..", import.meta.url)).replace(/\/$/, "");

/**
 * Runs an entry and ends the process with its status. An error that a user can mend becomes one line; anything
 * else is a fault of our own and says so.
 */
export async function main(run: () => number | Promise<number>): Promise<never> {
  try {
    Deno.exit(await run());
  } catch (error) {
    const known = error instanceof UsageError || error instanceof DataError || error instanceof GoldenError;
    const text = error instanceof Error ? error.message : String(error);
    say(
      known
        ? text
        : `A fault of this program, please report it: ${error instanceof Error ? error.stack : text}`,
    );
    Deno.exit(exitStatusOf(error));
  }
}

/** Writes a line to standard error. */
export function say(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${text}\n`));
}

/** Writes text to standard output, all of it. */
export function print(text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let written = 0; written < bytes.length;) written += Deno.stdout.writeSync(bytes.subarray(written));
}

/** The values of the flags and the other arguments. */
export interface Arguments {
  readonly flags: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
}

/**
 * Parses the command line.
 *
 * @param options The flags, as `node:util` takes them.
 * @param usage One line on how the command is called.
 * @throws {UsageError} Where a flag is unknown or lacks its value.
 */
export function parseCommandLine(options: ParseArgsOptionsConfig, usage: string): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: Deno.args,
      options,
      allowPositionals: true,
      strict: true,
    });
    return { flags: values as Arguments["flags"], positionals };
  } catch (error) {
    const reason = (error as Error).message.split(". ")[0];
    throw new UsageError(`${reason}: usage: ${usage}`);
  }
}

/** A path as the user means it: relative to where they stand, since a task runs in the project's root. */
export function userPath(path: string): string {
  return resolve(Deno.env.get("INIT_CWD") ?? Deno.cwd(), path);
}

/** Checks the name of a profile. */
export function parseProfile(text: string): Profile {
  const profile = profiles.find((known) => known === text);
  if (profile === undefined) {
    throw new UsageError(`Unknown profile "${text}": it must be one of ${profiles.join(", ")}`);
  }
  return profile;
}

/** Checks a count that a flag gives. */
export function parseCount(flag: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) {
    throw new UsageError(`Cannot take --${flag} "${text}": it must be a whole number from 1 to 999999`);
  }
  return Number(text);
}

export { exitStatus };
