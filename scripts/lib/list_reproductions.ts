import { loadClaims } from "../../src/suite/golden/load_golden.ts";
import { type Profile, profiles, type Reproduction } from "../../src/suite/reproduction.ts";

/**
 * What `--list` prints: each reproduction with its paper, data sets, expected minutes and cells.
 *
 * @param reproductions The reproductions.
 * @param root The root of the project.
 * @param json Whether as JSON.
 */
export function listReproductions(
  reproductions: readonly Reproduction[],
  root: string,
  json: boolean,
): string {
  const entries = reproductions.map(({ id, paper, datasets, profiles: own }) => ({
    id,
    paper,
    datasets,
    expectedMinutes: Object.fromEntries(
      profiles.flatMap((name): [Profile, number][] =>
        own[name] === undefined ? [] : [[name, own[name].minutes]]
      ),
    ),
    cells: [...new Set(loadClaims(`${root}/golden`, id).map(({ cell }) => cell))],
  }));
  if (json) return `${JSON.stringify({ modules: entries }, null, 1)}\n`;
  return entries.map(({ id, paper, datasets, expectedMinutes, cells }) =>
    [
      `${id}: ${paper.authors.join(", ")}: ${paper.title}, ${paper.year}`,
      `  data sets: ${datasets.join(", ") || "none"}`,
      `  expected on 2 cores: ${
        Object.entries(expectedMinutes).map(([name, minutes]) => `${name} ${durationText(minutes)}`).join(
          ", ",
        )
      }`,
      `  ${cells.length} cells:`,
      ...cells.map((cell) => `    ${cell}`),
      "",
    ].join("\n")
  ).join("\n");
}

/** Minutes, or hours where there are many. */
function durationText(minutes: number): string {
  return minutes >= 600 ? `${Math.round(minutes / 60)} hours` : `${minutes} minutes`;
}
