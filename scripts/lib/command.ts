import { wrapText } from "../../src/suite/report/wrap_text.ts";

/** What every option has. */
interface OptionText {
  /** What it does, short enough for one line. */
  readonly text: string;
}

/** An option that is given or not. */
export interface Toggle extends OptionText {
  readonly value?: never;
}

/** What every option with a value has. */
interface ValueText<Value> extends OptionText {
  /** What the value is called, as N or DIR, or the words that it can be. */
  readonly value: string;
  /**
   * Checks the value; without it any text will do.
   *
   * @throws {UsageError} Where it cannot be taken.
   */
  readonly parse?: (text: string, option: string) => Value;
}

/** An option that must be given. */
export interface RequiredOption<Value = unknown> extends ValueText<Value> {
  readonly required: true;
}

/** An option with a default value. */
export interface DefaultOption<Value = unknown> extends ValueText<Value> {
  readonly default: string;
}

/** An option that may be left out. */
export interface FreeOption<Value = unknown> extends ValueText<Value> {
  /** What is taken where it is not given, in words. */
  readonly otherwise: string;
}

/** An option that may be given several times. */
export interface RepeatableOption<Value = unknown> extends FreeOption<Value> {
  readonly repeatable: true;
}

/** The options of a command by name; every one of them is in its help, since both are made from this. */
export type Options = Readonly<
  Record<string, Toggle | RequiredOption | DefaultOption | FreeOption | RepeatableOption>
>;

/** A command: what stands behind `deno task`, what it takes, and what it does. */
export interface Command<O extends Options> {
  /** Its name in deno.json. */
  readonly task: string;
  /** What it does: a sentence without its full stop, which deno.json has as well. */
  readonly summary: string;
  /** What it takes beside options; nothing where it is absent. */
  readonly operands?: {
    /** As the first line of the help shows it. */
    readonly usage: string;
    /** What it is, short enough for one line. */
    readonly text: string;
    /** How many there must be. */
    readonly least: number;
    /** How many there may be. */
    readonly most: number;
  };
  /** Its options, in the order of the help. */
  readonly options: O;
  /** What may stand behind its name, for example. */
  readonly example: string;
  /** What else a user should know: the words that it takes, say. A sentence without its full stop. */
  readonly note?: string;
}

type ParsedBy<O> = O extends { readonly parse: (text: string, option: string) => infer Value } ? Value
  : string;

type ValueGiven<O> = O extends { readonly value: string }
  ? O extends { readonly repeatable: true } ? readonly ParsedBy<O>[]
  : O extends { readonly required: true } | { readonly default: string } ? ParsedBy<O>
  : ParsedBy<O> | undefined
  : boolean;

/** What a command line gives: the checked value of each option, and the other arguments. */
export interface Given<O extends Options> {
  readonly options: { readonly [Name in keyof O]: ValueGiven<O[Name]> };
  readonly operands: readonly string[];
}

/** How wide a help is. */
const helpColumns = 80;

/**
 * The help of a command: how it is called, one line for each option with its default, and an example.
 *
 * @param command The command.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const help = helpText({
 *   task: "view",
 *   summary: "Serve an output folder",
 *   options: { port: { value: "N", text: "the port", default: "8080" }, quiet: { text: "say nothing" } },
 *   example: "--port 8000",
 * });
 * assertEquals(help.split("\n"), [
 *   "deno task view [OPTION ...]",
 *   "Serve an output folder.",
 *   "",
 *   "  --port N    the port (default: 8080)",
 *   "  --quiet     say nothing",
 *   "  --help, -h  this text",
 *   "",
 *   "Example: deno task view --port 8000",
 *   "",
 * ]);
 * ```
 */
export function helpText({ task, summary, operands, options, example, note }: Command<Options>): string {
  const needed = Object.entries(options).flatMap(([name, option]) =>
    "required" in option ? [`--${name} ${option.value}`] : []
  );
  const usage = [
    "deno task",
    task,
    ...(operands === undefined ? [] : [operands.usage]),
    ...needed,
    "[OPTION ...]",
  ];
  const entries: (readonly [string, string])[] = [
    ...(operands === undefined ? [] : [[operands.usage, operands.text] as const]),
    ...Object.entries(options).map(([name, option]) =>
      [option.value === undefined ? `--${name}` : `--${name} ${option.value}`, optionText(option)] as const
    ),
    ["--help, -h", "this text"],
  ];
  const width = Math.max(...entries.map(([head]) => head.length));
  const wrap = (text: string, continued: string) =>
    wrapText(text, { columns: helpColumns, rest: "  ", continued });
  return [
    ...wrap(usage.join(" "), ""),
    ...wrap(`${summary}.`, ""),
    "",
    ...entries.map(([head, text]) => `  ${head.padEnd(width)}  ${text}`),
    "",
    ...(note === undefined ? [] : wrap(`${note}.`, "")),
    ...wrap(`Example: deno task ${task} ${example}`.trimEnd(), " \\"),
    "",
  ].join("\n");
}

/** What an option does, and what is taken where it is not given. */
function optionText(option: Options[string]): string {
  if ("default" in option) return `${option.text} (default: ${option.default})`;
  if ("otherwise" in option) return `${option.text} (default: ${option.otherwise})`;
  return "required" in option ? `${option.text} (needed)` : option.text;
}
