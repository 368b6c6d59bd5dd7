import { findDataset } from "../../src/data/registry.ts";
import { summarise } from "../../src/suite/runner/judge_cells.ts";
import {
  type AcceptedProfile,
  type AcceptedReproduction,
  type DocumentedProfile,
  documentedProfiles,
} from "./accepted_results.ts";
import { causeIn, causes } from "./cause.ts";
import { wrapMarkdown } from "./wrap_markdown.ts";

/**
 * README.md with what is written of it: how long its first commands take, and the accepted values in one line a reproduction, with how
 * the printed numbers came out in all. Each stands in a block of its own.
 *
 * @param text README.md as it is.
 * @param accepted The accepted values.
 * @throws {RangeError} Where the text lacks a block.
 */
export function readmeWithResults(text: string, accepted: readonly AcceptedReproduction[]): string {
  return withBlock(withBlock(text, "commands", firstCommands(accepted)), "results", readmeResults(accepted));
}

/** A text with the content of the block of a name, which stands between two comments. */
function withBlock(text: string, name: string, content: string): string {
  const begin = `<!-- ${name}: begin (deno task readme) -->`;
  const end = `<!-- ${name}: end -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) {
    throw new RangeError(`Cannot write the ${name}: README.md must hold "${begin}" and "${end}"`);
  }
  return `${text.slice(0, from)}${begin}\n\n${content}\n\n${text.slice(to)}`;
}

/** The two commands that a reader tries first, with what they take. */
function firstCommands([first]: readonly AcceptedReproduction[]): string {
  if (first === undefined) return "";
  const { reproduction: { id, datasets }, profiles: { standard: { minutes } } } = first;
  const bytes = datasets.map((id) => findDataset(id)).reduce(
    (sum, { archive, files }) =>
      sum + (archive?.bytes ?? files.reduce((size, { download }) => size + (download?.bytes ?? 0), 0)),
    0,
  );
  const commands: [string, string][] = [
    [
      `deno task reproduce ${id}`,
      `${minutesText(minutes)} on two cores, after a download of ${Math.round(bytes / 1e6)} MB`,
    ],
    ["deno task test", "4 minutes on two cores, needs no data"],
  ];
  const width = Math.max(...commands.map(([command]) => command.length));
  return ["```sh", ...commands.map(([command, note]) => `${command.padEnd(width)}   # ${note}`), "```"].join(
    "\n",
  );
}

function minutesText(minutes: number): string {
  return minutes < 2 ? `${Math.round(60 * minutes)} seconds` : `${Math.round(minutes)} minutes`;
}

function readmeResults(accepted: readonly AcceptedReproduction[]): string {
  const lines = [
    `| reproduction | ${
      documentedProfiles.map((profile) => `${profile}: numbers | claims | time`).join(" | ")
    } |`,
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...accepted.map(({ reproduction: { id, paper }, subject, profiles }) =>
      row(
        `[${id}](docs/results/${id}.md): ${subject} (${shortAuthors(paper.authors)} ${paper.year})`,
        documentedProfiles.flatMap((profile) => outcome([profiles[profile]])),
      )
    ),
    row(
      "all",
      documentedProfiles.flatMap((profile) => outcome(accepted.map(({ profiles }) => profiles[profile]))),
    ),
    "",
    ...documentedProfiles.flatMap((profile) => [
      ...wrapMarkdown(suiteSentence(profile, accepted.map(({ profiles }) => profiles[profile])), 110),
      "",
    ]),
  ];
  return lines.join("\n").trimEnd();
}

function row(name: string, outcomes: readonly string[]): string {
  return `| ${[name, ...outcomes].join(" | ")} |`;
}

/** The authors as a citation names them: one, two, or the first of more. */
function shortAuthors(authors: readonly string[]): string {
  const names = authors.map((author) => author.split(" ").at(-1)!);
  return names.length > 2 ? `${names[0]} et al.` : names.join(" & ");
}

/** A space at which no line ends, so that a narrow column of the table keeps what belongs together. */
const unbroken = "\u00a0";

/** How the numbers and the claims of some reproductions came out, and how long they take together. */
function outcome(parts: readonly AcceptedProfile[]): string[] {
  const { numbers, claims } = summarise(parts.flatMap(({ cells }) => cells));
  const triple = (...counts: readonly number[]) =>
    counts.some((count) => count > 0) ? counts.join(`${unbroken}/${unbroken}`) : "-";
  return [
    triple(numbers.withinNoise, numbers.agrees, numbers.deviates),
    triple(claims.holds, claims.undecided, claims.fails),
    duration(parts.reduce((sum, { minutes }) => sum + minutes, 0)),
  ];
}

function duration(minutes: number): string {
  const [amount, unit] = minutes < 1
    ? [Math.round(60 * minutes), "s"]
    : minutes < 100
    ? [Math.round(minutes), "min"]
    : [(minutes / 60).toFixed(1), "h"];
  return `${amount}${unbroken}${unit}`;
}

/** How all printed numbers of the suite came out in a profile, and how well the causes of deviations are known. */
function suiteSentence(profile: DocumentedProfile, parts: readonly AcceptedProfile[]): string {
  const { numbers } = summarise(parts.flatMap(({ cells }) => cells));
  const found = new Map(causes.map((cause) => [cause, 0]));
  for (const { cells, claims } of parts) {
    const because = new Map(claims.map((claim) => [claim.cell, claim.because]));
    for (const { id, role, verdict } of cells) {
      if (role !== "number" || verdict !== "deviates") continue;
      const cause = causeIn(because.get(id) ?? "");
      found.set(cause, found.get(cause)! + 1);
    }
  }
  const measured = numbers.withinNoise + numbers.agrees + numbers.deviates;
  return `**In ${profile}**, ${measured} of the ${
    measured + numbers.notMeasured
  } printed numbers of the suite ` +
    `have an accepted value: ${numbers.withinNoise} agree within noise, ${numbers.agrees} within their tolerance, and ` +
    `${numbers.deviates} deviate. The cause of a deviation is ${
      causes.map((cause) => `${cause} for ${found.get(cause)}`).join(", ")
    }.`;
}
