/**
 * What every command line entry shares: how it reads its arguments, prints its help and ends.
 *
 * @module
 */
import { fromFileUrl, relative, resolve } from "@std/path";
import { parseArgs } from "node:util";
import { DataError, exitStatus, exitStatusOf, GoldenError, UsageError } from "../../src/errors.ts";
import { type Profile, profiles } from "../../src/suite/reproduction.ts";
import { type Command, type Given, helpText, type Options } from "./command.ts";
import { nearest } from "./nearest.ts";

/** The root of the project. */
export const root: string = fromFileUrl(new URL("../..", import.meta.url)).replace(/\/$/, "");

/**
 * Runs a command and ends the process with its status. With `--help` or `-h` it prints its help, and so it does where nothing is given
 * that it needs, with the status of wrong usage. An error that a user can mend becomes one line; anything else is a fault of our own and
 * says so.
 *
 * @param command The command, with its options.
 * @param run What it does with what is given.
 * @param args The arguments; by default those of the process.
 */
export async function runCommand<const O extends Options>(
  command: Command<O>,
  run: (given: Given<O>) => number | Promise<number>,
  args: readonly string[] = Deno.args,
): Promise<never> {
  return await main(() => {
    if (args.length === 0 && needsArguments(command)) {
      say(helpText(command).trimEnd());
      return exitStatus.usage;
    }
    const given = parseCommandLine(command, args);
    if (given !== null) return run(given);
    print(helpText(command));
    return exitStatus.ok;
  });
}

/** Runs an entry and ends the process with its status. */
async function main(run: () => number | Promise<number>): Promise<never> {
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

/** Whether a command can do nothing without an argument. */
function needsArguments({ operands, options }: Command<Options>): boolean {
  return (operands?.least ?? 0) > 0 || Object.values(options).some((option) => "required" in option);
}

/** Whether a line of {@linkcode sayForNow} stands in the terminal. */
let isLineOpen = false;

/** Writes a line to standard error. */
export function say(text: string): void {
  takeLineAway();
  Deno.stderr.writeSync(new TextEncoder().encode(`${text}\n`));
}

/** Writes a line to standard error that a terminal shows until something else is said or printed. */
export function sayForNow(text: string): void {
  if (!Deno.stderr.isTerminal()) return say(text);
  Deno.stderr.writeSync(new TextEncoder().encode(text));
  isLineOpen = true;
}

/** Writes text to standard output, all of it. */
export function print(text: string): void {
  takeLineAway();
  const bytes = new TextEncoder().encode(text);
  for (let written = 0; written < bytes.length;) written += Deno.stdout.writeSync(bytes.subarray(written));
}

function takeLineAway(): void {
  if (isLineOpen) Deno.stderr.writeSync(new TextEncoder().encode("\r\u001b[2K"));
  isLineOpen = false;
}

/**
 * Reads a command line.
 *
 * @param command The command, with its options.
 * @param args The arguments.
 * @returns `null` where help is asked for.
 * @throws {UsageError} Where an option is unknown, lacks its value or has one that it cannot take, or there are too few or too many
 * arguments beside the options.
 */
export function parseCommandLine<const O extends Options>(
  command: Command<O>,
  args: readonly string[],
): Given<O> | null {
  const { values, operands } = readArguments(command, args);
  if (values["help"] === true) return null;
  checkOperands(command, operands);
  const options = Object.entries(command.options).map(([name, option]) => {
    if (option.value === undefined) return [name, values[name] ?? false];
    const { parse: check = String } = option;
    const parse = (text: unknown) => check(String(text), `--${name}`);
    const given = values[name] ?? ("default" in option ? option.default : undefined);
    if (given === undefined && "required" in option) {
      throw new UsageError(`--${name} ${option.value} is missing: ${option.text}${seeHelp(command)}`);
    }
    if ("repeatable" in option) return [name, ((given ?? []) as unknown[]).map(parse)];
    return [name, given === undefined ? undefined : parse(given)];
  });
  return { options: Object.fromEntries(options), operands } as Given<O>;
}

function readArguments(command: Command<Options>, args: readonly string[]): {
  readonly values: Readonly<Record<string, unknown>>;
  readonly operands: readonly string[];
} {
  const options = Object.entries(command.options).map(([name, option]) =>
    [name, {
      type: option.value === undefined ? "boolean" : "string",
      multiple: "repeatable" in option,
    }] as const
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...Object.fromEntries(options), help: { type: "boolean", short: "h" } },
      allowPositionals: true,
      strict: true,
    });
    return { values, operands: positionals };
  } catch (error) {
    throw usageError(command, error as Error & { readonly code?: string });
  }
}

/** What `node:util` found wrong, with what is allowed and what to do. */
function usageError(command: Command<Options>, error: Error & { readonly code?: string }): UsageError {
  const name = /'-{1,2}([^' =]+)/.exec(error.message)?.[1] ?? "";
  const option = command.options[name];
  if (error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    const given = /'(-[^']*)'/.exec(error.message)?.[1] ?? name;
    const known = Object.keys(command.options).map((own) => `--${own}`);
    const [near] = nearest(given, [...known, "--help"], 1);
    return new UsageError(
      `Unknown option "${given}"${
        near === undefined ? seeHelp(command) : `: did you mean ${near}?${seeHelp(command).slice(1)}`
      }`,
    );
  }
  if (option?.value === undefined) {
    return new UsageError(`Cannot take a value for --${name}: it has none${seeHelp(command)}`);
  }
  return new UsageError(
    `--${name} lacks its value: it must be ${option.value}, and behind = where it starts with a dash${
      seeHelp(command)
    }`,
  );
}

function checkOperands(command: Command<Options>, given: readonly string[]): void {
  const { least, most, usage } = command.operands ?? { least: 0, most: 0, usage: "" };
  if (given.length < least) {
    throw new UsageError(
      `Cannot tell what to take: ${usage} must be named: ${countText(given)} given${seeHelp(command)}`,
    );
  }
  if (given.length > most) {
    const rule = most === 0 ? "it takes options alone" : `it takes ${usage}`;
    throw new UsageError(`Cannot take "${given[most]}": ${rule}${seeHelp(command)}`);
  }
}

function countText(given: readonly string[]): string {
  return given.length === 0 ? "none is" : given.length === 1 ? "one is" : `${given.length} are`;
}

function seeHelp({ task }: Command<Options>): string {
  return `: deno task ${task} --help lists all`;
}

/** Where the user stands, since a task runs in the project's root. */
function standpoint(): string {
  return Deno.env.get("INIT_CWD") ?? Deno.cwd();
}

/** A path as the user means it: relative to where they stand. */
export function userPath(path: string): string {
  return resolve(standpoint(), path);
}

/** A path as the user reads it best: relative to where they stand where that is shorter. */
export function shortPath(path: string): string {
  const short = relative(standpoint(), path);
  return short.length < path.length ? short : path;
}

/** Checks the name of a profile. */
export function parseProfile(text: string): Profile {
  const profile = profiles.find((known) => known === text);
  if (profile === undefined) {
    throw new UsageError(`Unknown profile "${text}": it must be one of ${profiles.join(", ")}`);
  }
  return profile;
}

/** Checks a count that an option gives. */
export function parseCount(text: string, option: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) {
    throw new UsageError(`Cannot take ${option} "${text}": it must be a whole number from 1 to 999999`);
  }
  return Number(text);
}

/** Checks a count that may be 0. */
export function parseCountFrom0(text: string, option: string): number {
  if (text === "0") return 0;
  if (!/^[1-9]\d{0,5}$/.test(text)) {
    throw new UsageError(`Cannot take ${option} "${text}": it must be a whole number from 0 to 999999`);
  }
  return Number(text);
}

/**
 * Gives the check of an option that takes one of some words.
 *
 * @param words The words.
 */
export function parseWord<const Word extends string>(
  words: readonly Word[],
): (text: string, option: string) => Word {
  return (text, option) => {
    const word = words.find((known) => known === text);
    if (word === undefined) {
      throw new UsageError(`Cannot take ${option} "${text}": it must be one of ${words.join(", ")}`);
    }
    return word;
  };
}

export { exitStatus };
