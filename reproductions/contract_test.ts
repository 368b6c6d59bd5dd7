import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { datasetIds } from "../src/data/registry.ts";
import { loadBaselines, loadClaims } from "../src/suite/golden/load_golden.ts";
import { claimsOfProfile } from "../src/suite/golden/claims_of_profile.ts";
import { jobsOf, type Plan, type Profile, profiles, type Reproduction } from "../src/suite/reproduction.ts";
import { planFor } from "../src/suite/testing.ts";
import { reproductions } from "./mod.ts";

const here = fromFileUrl(new URL(".", import.meta.url));
const golden = fromFileUrl(new URL("../golden", import.meta.url));

/** The profiles that a reproduction has. */
function profilesOf(reproduction: Reproduction): Profile[] {
  return profiles.filter((profile) => reproduction.profiles[profile] !== undefined);
}

function cellIds(plan: Plan): string[] {
  return plan.cells.map(({ id }) => id);
}

function claimedCells(id: string, profile: Profile): string[] {
  return claimsOfProfile(loadClaims(golden, id), profile).map(({ cell }) => cell);
}

Deno.test("the list of reproductions is the list of their folders", async () => {
  const folders = (await Array.fromAsync(Deno.readDir(here))).filter(({ isDirectory }) => isDirectory).map((
    { name },
  ) => name);
  assertEquals(reproductions.map(({ id }) => id).sort(), folders.sort());
});

for (const { id, load, loadTasks } of reproductions) {
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

    const tasks = await loadTasks();
    for (const profile of profilesOf(reproduction)) {
      const plan = planFor(reproduction, { profile });
      const jobs = jobsOf(plan);

      await t.step(`its cells and jobs of ${profile} have ids of their own`, () => {
        assertEquals(new Set(cellIds(plan)).size, plan.cells.length);
        assertEquals(new Set(jobs.map((job) => job.id)).size, jobs.length);
      });

      await t.step(`every cell of ${profile} has a golden row, and needs a job`, () => {
        const claimed = new Set(claimedCells(id, profile));
        assertEquals(cellIds(plan).filter((cell) => !claimed.has(cell)), []);
        assertEquals(plan.cells.filter((cell) => cell.jobs.length === 0), []);
      });

      await t.step(`every job of ${profile} has a task, and survives the way to a worker`, () => {
        assertEquals(jobs.filter(({ task }) => !Object.hasOwn(tasks, task)), []);
        for (const { parameters } of jobs) {
          assertEquals(JSON.parse(JSON.stringify(parameters)), parameters);
        }
      });

      await t.step(`its jobs of ${profile} read data sets that it declares`, () => {
        const read = jobs.flatMap(({ reads }) => Object.values(reads)).map(({ dataset }) => dataset);
        assertEquals([...new Set(read)].filter((dataset) => !reproduction.datasets.includes(dataset)), []);
      });
    }

    await t.step("every golden row is a cell of full, or of the profile that it is for", () => {
      for (const { cell, profile, line } of loadClaims(golden, id)) {
        const plan = planFor(reproduction, { profile: profile ?? "full" });
        assert(
          cellIds(plan).includes(cell),
          `golden/${id}.csv:${line}: ${cell} is no cell of ${profile ?? "full"}`,
        );
      }
    });

    await t.step("every baseline is of a cell of its profile", () => {
      for (const profile of profilesOf(reproduction)) {
        const cells = new Set(cellIds(planFor(reproduction, { profile })));
        const accepted = [...loadBaselines(golden, id, profile).keys()];
        assertEquals(accepted.filter((cell) => !cells.has(cell)), [], profile);
      }
    });
  });
}
