import { loadClaims } from "../src/golden/load_golden.ts";
import { profiles, type Reproduction } from "../src/reproduction.ts";

/**
 * What `--list` prints: each module with its paper, data sets, expected minutes and cells.
 *
 * @param modules The modules.
 * @param root The root of the project.
 * @param json Whether as JSON.
 */
export function listModules(modules: readonly Reproduction[], root: string, json: boolean): string {
  const entries = modules.map(({ id, paper, datasets, expectedMinutes }) => ({
    id,
    paper,
    datasets,
    expectedMinutes,
    cells: [...new Set(loadClaims(`${root}/golden`, id).map(({ cell }) => cell))],
  }));
  if (json) return `${JSON.stringify({ modules: entries }, null, 1)}\n`;
  return entries.map(({ id, paper, datasets, expectedMinutes, cells }) =>
    [
      `${id}: ${paper.authors.join(", ")}: ${paper.title}, ${paper.year}`,
      `  data sets: ${datasets.join(", ") || "none"}`,
      `  expected minutes on 2 cores: ${
        profiles.map((name) => `${name} ${expectedMinutes[name]}`).join(", ")
      }`,
      `  ${cells.length} cells:`,
      ...cells.map((cell) => `    ${cell}`),
      "",
    ].join("\n")
  ).join("\n");
}
