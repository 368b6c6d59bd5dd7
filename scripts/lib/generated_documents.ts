import { pullPlot } from "../../src/suite/report/pull_plot.ts";
import { acceptedResults } from "./accepted_results.ts";
import { readmeWithResults } from "./readme_results.ts";
import { resultsPage } from "./results_page.ts";
import { parseSlides, slidesPage } from "./slides.ts";

/**
 * Every document that holds accepted values, as it is to be: by its path below the root of the project.
 *
 * @param root The root of the project.
 * @throws {GoldenError} Where a golden file, a baseline or docs/slides.csv breaks its schema.
 * @throws {RangeError} Where README.md has no block for results.
 */
export async function generatedDocuments(root: string): Promise<Map<string, string>> {
  const accepted = await acceptedResults(root);
  const read = (path: string) => Deno.readTextFileSync(`${root}/${path}`);
  const slides = parseSlides(read("docs/slides.csv"), "docs/slides.csv");
  return new Map([
    ["README.md", readmeWithResults(read("README.md"), accepted)],
    ...accepted.map((one) => [`docs/results/${one.reproduction.id}.md`, resultsPage(one)] as const),
    ["docs/slides.md", slidesPage(slides, accepted)],
    [
      "docs/images/pull-plot.svg",
      pullPlot({
        rows: accepted.map(({ reproduction: { id }, profiles }) => ({ id, cells: profiles.standard.cells })),
        provenance: "profile standard: the accepted values of golden/baseline/standard/",
      }),
    ],
  ]);
}
