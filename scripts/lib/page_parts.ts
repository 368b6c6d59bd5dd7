import { ifThere } from "../../src/files/if_there.ts";
import { knownDeviations } from "../../src/suite/report/page/readme_link.ts";
import type { PageParts } from "../../src/suite/report/page/report_html.ts";
import { acceptedHistory } from "../../src/suite/runner/accepted_history.ts";
import type { Results } from "../../src/suite/runner/results.ts";

/**
 * What the page takes from the checkout beside results and golden files: what was accepted before, and what the READMEs of the
 * reproductions say of their known deviations.
 *
 * @param results The results that the page is on.
 * @param root The root of the project.
 */
export function pageParts(
  { profile, modules }: Pick<Results, "profile" | "modules">,
  root: string,
): Pick<PageParts, "history" | "readmes"> {
  const readmes = modules.map(({ id }) => {
    const readme = ifThere(() => Deno.readTextFileSync(`${root}/reproductions/${id}/README.md`), "");
    return [id, knownDeviations(readme)] as const;
  });
  return {
    history: acceptedHistory(root, profile),
    readmes: new Map(readmes.filter(([, text]) => text !== "")),
  };
}
