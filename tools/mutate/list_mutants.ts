import { parse } from "@std/csv";
import { root } from "../../scripts/lib/command_line.ts";
import { lineOf } from "./line_of.ts";

/** What is wrong with a mutated line. */
export const mutationKinds = ["sign", "index", "constant", "comparison"] as const;

/** One fault: a text that occurs once in a file, and what stands there instead. */
export interface Mutant {
  /** Path from the root of the project. */
  readonly file: string;
  /** The line of the text, from 1. */
  readonly line: number;
  readonly kind: typeof mutationKinds[number];
  readonly original: string;
  readonly mutated: string;
  /** The test files of which one must fail. */
  readonly tests: readonly string[];
}

/**
 * The faults of `tools/mutate/mutations.csv`: what a slip of the pen would leave in the numeric code.
 *
 * @throws {Error} Where a row is malformed, or its text does not occur exactly once in its file.
 */
export function listMutants(): Mutant[] {
  const [, ...rows] = parse(Deno.readTextFileSync(`${root}/tools/mutate/mutations.csv`));
  return rows.map(([file, kind, original, mutated, tests], i): Mutant => {
    const known = mutationKinds.find((name) => name === kind);
    if (known === undefined || tests === undefined || original === mutated) {
      throw new Error(
        `tools/mutate/mutations.csv:${i + 2}: must give a file, one of ${mutationKinds.join(", ")}, ` +
          "two different texts and tests",
      );
    }
    const line = lineOf(file!, Deno.readTextFileSync(`${root}/${file}`), original!);
    return {
      file: file!,
      line,
      kind: known,
      original: original!,
      mutated: mutated!,
      tests: tests.split(" "),
    };
  });
}
