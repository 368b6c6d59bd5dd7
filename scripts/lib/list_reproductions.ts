import { loadClaims } from "../../src/suite/golden/load_golden.ts";
import { type Profile, profiles, type Reproduction } from "../../src/suite/reproduction.ts";
import { wrapText } from "../../src/suite/report/wrap_text.ts";
import { durationText, expectedMinutes, type MachineSpeed } from "./machine_speed.ts";

/** How a list is printed. */
export interface ListOptions {
  /** The root of the project. */
  readonly root: string;
  /** The machine that the minutes are expected on. */
  readonly machine: MachineSpeed;
  /** Whether as JSON. */
  readonly json: boolean;
  /** How many columns the terminal has; `null` where lines are not wrapped. */
  readonly columns: number | null;
}

/**
 * What `--list` prints: each reproduction with its paper, data sets, the minutes that this machine is expected to take, and cells.
 *
 * @param reproductions The reproductions.
 * @param options How they are printed.
 */
export function listReproductions(
  reproductions: readonly Reproduction[],
  { root, machine, json, columns }: ListOptions,
): string {
  const entries = reproductions.map(({ id, paper, datasets, profiles: own }) => ({
    id,
    paper,
    datasets,
    expectedMinutes: Object.fromEntries(
      profiles.flatMap((name): [Profile, number][] =>
        own[name] === undefined ? [] : [[name, expectedMinutes(own[name].minutes, machine)]]
      ),
    ),
    cells: [...new Set(loadClaims(`${root}/golden`, id).map(({ cell }) => cell))],
  }));
  if (json) return `${JSON.stringify({ machine, modules: entries }, null, 1)}\n`;
  const { cores, slowness } = machine;
  const wrap = (text: string, first = "") => wrapText(text, { columns, first, rest: `${first}  ` });
  const texts = entries.map(({ id, paper, datasets, expectedMinutes, cells }) =>
    [
      ...wrap(`${id}: ${paper.authors.join(", ")}: ${paper.title}, ${paper.year}`),
      ...wrap(`data sets: ${datasets.join(", ") || "none"}`, "  "),
      ...wrap(`expected here: ${durationsText(expectedMinutes)}`, "  "),
      `  ${cells.length} cells:`,
      ...cells.map((cell) => `    ${cell}`),
      "",
    ].join("\n")
  );
  const head = `Times are expected for this machine: ${cores} ${
    cores === 1 ? "core" : "cores"
  }, each taking ${slowness.toFixed(2)} times as long as where they were measured`;
  return [...wrap(head), "", ...texts].join("\n");
}

/** How long each profile takes. */
function durationsText(minutes: Readonly<Record<string, number>>): string {
  return Object.entries(minutes).map(([profile, own]) => `${profile} ${durationText(own)}`).join(", ");
}
