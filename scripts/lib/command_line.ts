/**
 * What every command line entry shares: how it reads its arguments, prints its help and ends.
 *
 * @module
 */
import { fromFileUrl, relative, resolve } from "@std/path";
import { parseArgs } from "node:util";
import { DataError, exitStatus, exitStatusOf, GoldenError, UsageError } from "../../src/errors.ts";
import { cannotUse, guardedPath } from "../../src/files/describe_error.ts";
import { writeToStandardError, writeToStandardOutput } from "../../src/files/standard_streams.ts";
import { escapeControls } from "../../src/one_line.ts";
import { type Profile, profiles } from "../../src/suite/reproduction.ts";
import { type Command, type Given, helpText, type Options } from "./command.ts";
import { endOnSignals, hearSignals } from "./interruption.ts";
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
  endOnSignals();
  try {
    await hearSignals();
    Deno.exit(await run());
  } catch (thrown) {
    const guarded = guardedPath(thrown);
    const error = guarded === null ? thrown : cannotUse("Cannot use", guarded, thrown);
    const known = error instanceof UsageError || error instanceof DataError || error instanceof GoldenError;
    const text = error instanceof Error ? error.message : String(error);
    say(
      known
        ? escapeControls(text)
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
  writeToStandardError(`${text}\n`);
}

/** Writes a line to standard error that a terminal shows until something else is said or printed. */
export function sayForNow(text: string): void {
  if (!Deno.stderr.isTerminal()) return say(text);
  writeToStandardError(text);
  isLineOpen = true;
}

/**
 * Writes text to standard output, all of it, as long as somebody reads it.
 *
 * @throws {UsageError} Where it cannot be written, as to a file on a full disk.
 */
export function print(text: string): void {
  takeLineAway();
  writeToStandardOutput(text);
}

function takeLineAway(): void {
  if (isLineOpen) writeToStandardError("\r\u001b[2K");
  isLineOpen = false;
}

/**
 * Reads a command line.
 *
 * @param command The command, with its options.
 * @param args The arguments.
 * @returns `null` where help is asked for.
 * @throws {UsageError} Where an option is unknown, lacks its value, has one that it cannot take or a second one, or there are too few or
 * too many arguments beside the options.
 */
export function parseCommandLine<const O extends Options>(
  command: Command<O>,
  args: readonly string[],
): Given<O> | null {
  const { values, operands, given } = readArguments(command, args);
  if (values["help"] === true) return null;
  refuseSecondValues(command, given);
  checkOperands(command, operands);
  const options = Object.entries(command.options).map(([name, option]) => {
    if (option.value === undefined) return [name, values[name] ?? false];
    const { parse: check = String } = option;
    const parse = (text: unknown) => check(String(text), `--${name}`);
    const taken = values[name] ?? ("default" in option ? option.default : undefined);
    if (taken === undefined && "required" in option) {
      throw new UsageError(`--${name} ${option.value} is missing: ${option.text}${seeHelp(command)}`);
    }
    if ("repeatable" in option) return [name, ((taken ?? []) as unknown[]).map(parse)];
    return [name, taken === undefined ? undefined : parse(taken)];
  });
  return { options: Object.fromEntries(options), operands } as Given<O>;
}

function readArguments(command: Command<Options>, args: readonly string[]): {
  readonly values: Readonly<Record<string, unknown>>;
  readonly operands: readonly string[];
  /** The names of the options, as often as they are given. */
  readonly given: readonly string[];
} {
  const options = Object.entries(command.options).map(([name, option]) =>
    [name, {
      type: option.value === undefined ? "boolean" : "string",
      multiple: "repeatable" in option,
    }] as const
  );
  try {
    const { values, positionals, tokens } = parseArgs({
      args: [...args],
      options: { ...Object.fromEntries(options), help: { type: "boolean", short: "h" } },
      allowPositionals: true,
      strict: true,
      tokens: true,
    });
    const given = tokens.flatMap((token) => token.kind === "option" ? [token.name] : []);
    return { values, operands: positionals, given };
  } catch (error) {
    throw usageError(command, error as Error & { readonly code?: string });
  }
}

/** Of two values one would be ignored, and nobody told which. */
function refuseSecondValues(command: Command<Options>, given: readonly string[]): void {
  const twice = given.find((name, i) => {
    const option = command.options[name]!;
    return given.indexOf(name) !== i && option.value !== undefined && !("repeatable" in option);
  });
  if (twice === undefined) return;
  throw new UsageError(`Cannot take --${twice} twice: it has one value: give it once${seeHelp(command)}`);
}

/** What `node:util` found wrong, with what is allowed and what to do. */
function usageError(command: Command<Options>, error: Error & { readonly code?: string }): UsageError {
  const name = /'(?:-\w, )?-{1,2}([^' =]+)/.exec(error.message)?.[1] ?? "";
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

/**
 * A path as the user means it: relative to where they stand.
 *
 * @throws {UsageError} Where it is `-`, by which other programs mean a standard stream, or empty, which would be the folder itself.
 */
export function userPath(path: string): string {
  if (path === "-") {
    throw new UsageError(
      'Cannot take "-" as a file: no standard stream takes its place: give a name, and ./- for a file that is called so',
    );
  }
  if (path === "") throw new UsageError('Cannot take "" as a file: it must be a name, and . for this folder');
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

/** Each seed plans jobs of its own, and the plan of more than these would not fit into memory. */
const mostSeeds = 1000;

/** Checks a number of seeds. */
export function parseSeeds(text: string, option: string): number {
  if (/^[1-9]\d{0,3}$/.test(text) && Number(text) <= mostSeeds) return Number(text);
  throw new UsageError(`Cannot take ${option} "${text}": it must be a whole number from 1 to ${mostSeeds}`);
}

/** More threads a core than this only take memory. */
const mostThreadsPerCore = 4;

/** Checks a number of threads, and says where fewer are taken than are asked for: each has a memory of its own. */
export function parseThreads(text: string, option: string): number {
  const asked = parseCount(text, option);
  const most = mostThreadsPerCore * navigator.hardwareConcurrency;
  if (asked > most) {
    say(
      `${option} ${asked}: ${most} are taken, ${mostThreadsPerCore} for each of the ${navigator.hardwareConcurrency} cores`,
    );
  }
  return Math.min(asked, most);
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
