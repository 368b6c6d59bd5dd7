import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { datasetIds } from "../src/data/registry.ts";
import { claimsOfProfile } from "../src/golden/claims_of_profile.ts";
import { loadClaims } from "../src/golden/load_golden.ts";
import { type Plan, type Profile, profiles, type Reproduction } from "../src/reproduction.ts";
import { reproductions } from "./mod.ts";

const here = fromFileUrl(new URL(".", import.meta.url));
const golden = fromFileUrl(new URL("../golden", import.meta.url));

/** A plan on stand-ins, which every module can make anywhere. */
function standInPlan(reproduction: Reproduction, profile: Profile): Plan {
  return {
    profile,
    seeds: reproduction.seeds?.[profile] ?? 1,
    dataset: () => ({ source: "stand-in", files: [] }),
  };
}

Deno.test("the list of reproductions is the list of their folders", async () => {
  const folders = (await Array.fromAsync(Deno.readDir(here))).filter(({ isDirectory }) => isDirectory).map((
    { name },
  ) => name);
  assertEquals(reproductions.map(({ id }) => id).sort(), folders.sort());
});

for (const { id, load } of reproductions) {
  Deno.test(`${id} keeps the contract`, async (t) => {
    const reproduction = await load();
    const readme = await Deno.readTextFile(`${here}${id}/README.md`);

    await t.step("its id is its folder", () => assertEquals(reproduction.id, id));

    await t.step("its data sets are registered", () => {
      assertEquals(reproduction.datasets.filter((dataset) => !datasetIds.includes(dataset)), []);
    });

    await t.step("its README names the paper", () => {
      assertStringIncludes(readme, reproduction.paper.title);
      assertStringIncludes(readme, reproduction.paper.arxiv ?? reproduction.paper.doi ?? "");
    });

    await t.step("its README has the sections of the template", () => {
      const sections = [...readme.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
      const template = [
        "Paper",
        "What the table shows",
        "Protocol",
        "What the paper leaves open",
        "Known deviations",
        "Run time",
        "Data",
        "Changelog",
      ];
      assertEquals(template.filter((section) => !sections.includes(section)), []);
    });

    for (const profile of profiles) {
      await t.step(`its jobs have unique ids and known cells in ${profile}`, () => {
        const jobs = reproduction.jobs(standInPlan(reproduction, profile));
        assertEquals(new Set(jobs.map((job) => job.id)).size, jobs.length);
        const claimed = new Set(claimsOfProfile(loadClaims(golden, id), profile).map(({ cell }) => cell));
        assertEquals(jobs.flatMap(({ cells }) => cells).filter((cell) => !claimed.has(cell)), []);
      });
    }

    await t.step("its jobs yield every golden cell in full", () => {
      const yielded = new Set(
        reproduction.jobs(standInPlan(reproduction, "full")).flatMap(({ cells }) => cells),
      );
      const claimed = claimsOfProfile(loadClaims(golden, id), "full").map(({ cell }) => cell);
      assertEquals(claimed.filter((cell) => !yielded.has(cell)), []);
    });

    await t.step("it has baselines for smoke and standard", async () => {
      for (const profile of ["smoke", "standard"]) {
        assert((await Deno.stat(`${golden}/baseline/${profile}/${id}.csv`)).isFile);
      }
    });
  });
}
