import { assert, assertEquals } from "@std/assert";
import { reproductions } from "../../reproductions/mod.ts";
import { claimsOfProfile } from "../../src/suite/golden/claims_of_profile.ts";
import { summarise as summariseValues } from "../../src/suite/golden/judge.ts";
import { loadClaims } from "../../src/suite/golden/load_golden.ts";
import { displayWidth } from "../../src/suite/report/display_width.ts";
import { fixedResults } from "../../src/suite/report/testdata/fixed_results.ts";
import { profiles } from "../../src/suite/reproduction.ts";
import { judgeCell, summarise } from "../../src/suite/runner/judge_cells.ts";
import { consoleText } from "./publish.ts";
import { root } from "./test_helpers.ts";

const units = ["image", "class", "seed", "draw", "test item"] as const;

Deno.test("consoleText() fits the tables of every reproduction into a terminal, whatever was measured", async (t) => {
  for (const { id, load } of reproductions) {
    const { paper, profiles: own } = await load();
    const rows = loadClaims(`${root}golden`, id);
    for (const profile of profiles.filter((name) => own[name] !== undefined)) {
      await t.step(`${id}, ${profile}`, () => {
        const claims = claimsOfProfile(rows, profile);
        // As printed, or far from that; every third cell without a standard error.
        const cells = claims.map((claim, i) => {
          const value = (claim.published?.value ?? claim.tolerance.value) + (i % 2 === 0 ? 0 : 123.456);
          const error = i % 3 === 0 ? {} : { standardError: 0.0123, unitOfError: units[i % 5]! };
          return judgeCell(
            claim,
            { measured: summariseValues({ values: [value], ...error }), dataDigest: "ab", standIn: false },
            undefined,
          );
        });
        const summary = summarise(cells);
        const reproduction = { ...fixedResults.modules[0]!, id, paper, cells, summary };
        const results = { ...fixedResults, profile, modules: [reproduction], summary };
        for (const columns of [60, 80, 120, 200]) {
          const text = consoleText(results, new Map([[id, claims]]), { columns, table: "narrow" });
          const wide = text.split("\n").filter((line) => displayWidth(line) > columns);
          assertEquals(wide, [], `${columns} columns`);
          assert(text.includes("±"));
        }
      });
    }
  }
});
