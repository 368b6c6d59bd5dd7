import { assert, assertEquals, assertThrows } from "@std/assert";
import { GoldenError, UsageError } from "../../errors.ts";
import { sha256 } from "../../data/digests.ts";
import { acceptCells } from "./accept_cells.ts";
import { exitStatusOfResults } from "./exit_status.ts";
import { cellsDigest, summarise } from "./judge_cells.ts";
import { type CellResult, parseResults, type ReproductionResult, type Results } from "./results.ts";
import { comparable, inRoot, row } from "./testdata/toy_root.ts";
import { runToy } from "./testdata/toy_run.ts";
import { verifyResults } from "./verify_results.ts";

/** Verifies results of the profile of the toy, which takes one seed. */
function verify(results: Results, root: string): Results {
  return verifyResults(results, root, "results.json", () => 1);
}

/** Results as they come out of a file. */
function read(results: Results): Results {
  return parseResults(JSON.stringify(results), "results.json");
}

/** The results with something changed of their one reproduction, and nothing else made to fit. */
function withModule(
  results: Results,
  change: (module: ReproductionResult) => Partial<ReproductionResult>,
): Results {
  return { ...results, modules: results.modules.map((module) => ({ ...module, ...change(module) })) };
}

/** The results with something changed of the cell `toy/even`. */
function withCell(results: Results, change: (cell: CellResult) => Partial<CellResult>): Results {
  return withModule(results, ({ cells }) => ({
    cells: cells.map((cell) => cell.id === "toy/even" ? { ...cell, ...change(cell) } : cell),
  }));
}

/** Results whose first value is moved, in a file that fits together: mean, deviation, digest and counts follow. */
function withFirstValue(results: Results, by: number): Results {
  const shifted = withModule(results, ({ cells: [first, ...others] }) => {
    const values = first!.measured!.values.map((value, i) => i === 0 ? value + by : value);
    const value = values.reduce((sum, value) => sum + value, 0) / values.length;
    const bound = first!.tolerance.value;
    const cells = [
      { ...first!, measured: { ...first!.measured!, values, value }, deviation: value - bound },
      ...others,
    ];
    return { cells, digest: cellsDigest(cells), summary: summarise(cells) };
  });
  return { ...shifted, summary: summarise(shifted.modules.flatMap(({ cells }) => cells)) };
}

Deno.test(
  "verifyResults() refuses what does not fit together, and names the cell or the reproduction",
  inRoot(async (root, t) => {
    const { results } = await runToy(root, `${root}/out`, 1);
    const even = "the cell toy/toy/even";
    const holds = "be what its numbers give";
    const cases: [string, Results, readonly string[]][] = [
      [
        "a value that is not the mean",
        withCell(
          results,
          ({ measured }) => ({ measured: { ...measured!, value: measured!.value! + 1e-12 } }),
        ),
        [`${even}: value`, "be the mean of its values"],
      ],
      [
        "values without a value",
        withCell(results, ({ measured }) => ({ measured: { ...measured!, value: null } })),
        [`${even}: value`, "be the mean of its values", "it is null"],
      ],
      ["a wrong verdict", withCell(results, () => ({ verdict: "fails" })), [
        `${even}: verdict`,
        `${holds}, "holds"`,
        'it is "fails"',
      ]],
      ["a verdict without a value", withCell(results, () => ({ measured: null, dataDigest: null })), [
        `${even}: verdict`,
        `${holds}, "not measured"`,
      ]],
      ["not measured, with a value", withCell(results, () => ({ verdict: "not measured" })), [
        `${even}: verdict`,
      ]],
      ["a value without the digest of its data", withCell(results, () => ({ dataDigest: null })), [
        even,
        "have a value and the digest of its data, or neither",
        "it has a value without a digest",
      ]],
      ["a digest without a value", withCell(results, () => ({ measured: null })), [
        "it has a digest without a value",
      ]],
      [
        "a standard error that is not that of its seeds",
        withCell(results, ({ measured }) => ({
          measured: { ...measured!, unitOfError: "seed", standardError: measured!.standardError! * 2 },
        })),
        [`${even}: standard error`, "be that of the mean of its values"],
      ],
      [
        "a reason for a value that is there",
        withCell(results, ({ measured }) => ({ measured: { ...measured!, error: "it is NaN" } })),
        [`${even}: error`, "be absent where there is a value"],
      ],
      [
        "a number from a stand-in",
        withCell(results, () => ({ dataDigest: sha256("stand-in/mnist\n") })),
        [`${even}: verdict`, "be a stand-in where its data is", "it is holds"],
      ],
      [
        "a number from two stand-ins",
        withCell(results, () => ({ dataDigest: sha256("stand-in/cifar-10\n", "stand-in/mnist\n") })),
        [`${even}: verdict`, "be a stand-in where its data is"],
      ],
      ["a number in smoke", { ...results, profile: "smoke" }, ["be a stand-in where the profile is smoke"]],
      ["a wrong deviation", withCell(results, () => ({ deviation: 0 })), [
        `${even}: deviation`,
        holds,
        "it is 0",
      ]],
      ["a wrong digest", withModule(results, () => ({ digest: "f".repeat(64) })), [
        "the digest of toy",
        "be that of its values",
      ]],
      [
        "wrong counts of a reproduction",
        withModule(results, ({ summary }) => ({ summary: { ...summary, unexpected: 1 } })),
        ["the summary of toy", "count its verdicts"],
      ],
      [
        "wrong counts in all",
        {
          ...results,
          summary: { ...results.summary, claims: { ...results.summary.claims, holds: 2, fails: 1 } },
        },
        ["the summary", "count the verdicts"],
      ],
      ["no reproduction", { ...results, modules: [] }, ["the file", "have a cell", "it has none"]],
      ["no cell", withModule(results, () => ({ cells: [] })), ["the file", "have a cell", "it has none"]],
      ["a reproduction twice", { ...results, modules: [...results.modules, ...results.modules] }, [
        "the reproduction toy",
        "stand in the file once",
      ]],
    ];
    for (const [name, damaged, words] of cases) {
      await t.step(name, () => {
        const { message } = assertThrows(
          () => verify(read(damaged), root),
          UsageError,
        );
        for (const word of ["Cannot verify results.json: ", ...words]) {
          assert(message.includes(word), `"${word}" is missing in: ${message}`);
        }
        assertEquals(message.includes("\n"), false);
      });
    }
  }),
);

/** Results with other cells, in a file that fits together. */
function withCells(
  results: Results,
  change: (cells: readonly CellResult[]) => readonly CellResult[],
): Results {
  const changed = withModule(results, (module) => {
    const cells = change(module.cells);
    return { cells, digest: cellsDigest(cells), summary: summarise(cells) };
  });
  return { ...changed, summary: summarise(changed.modules.flatMap(({ cells }) => cells)) };
}

Deno.test(
  "verifyResults() refuses a cell that the golden file does not know, or that is there twice",
  inRoot(async (root, t) => {
    const { results } = await runToy(root, `${root}/out`, 1);
    const cases: [string, Results, string][] = [
      [
        "unknown",
        withCells(results, ([first, ...others]) => [{ ...first!, id: "toy/none" }, ...others]),
        "the cell toy/toy/none must be a row of the golden file: golden/toy.csv has no such row",
      ],
      [
        "twice",
        withCells(results, (cells) => [...cells, cells[0]!]),
        "the cell toy/toy/all must stand in the file once: it stands there twice",
      ],
    ];
    for (const [name, damaged, message] of cases) {
      await t.step(name, () => {
        assertThrows(() => verify(read(damaged), root), UsageError, message);
      });
    }
    await t.step("a reproduction without a golden file here", async () => {
      await Deno.remove(`${root}/golden/toy.csv`);
      assertThrows(() => verify(read(results), root), GoldenError, "golden/toy.csv");
    });
  }),
);

Deno.test(
  "verifyResults() judges by the golden files of this checkout, not by what the file says of them",
  inRoot(async (root) => {
    const { results } = await runToy(root, `${root}/out`, 1);
    assertEquals(verify(read(results), root), results);
    const golden = `${root}/golden/toy.csv`;
    const strict = row("toy/even").replace("-1000", "1000");
    await Deno.writeTextFile(golden, (await Deno.readTextFile(golden)).replace(row("toy/even"), strict));
    const verified = verify(read(results), root);
    assertEquals(verified.modules[0]!.cells.map(({ verdict }) => verdict), ["holds", "fails", "holds"]);
    assertEquals([verified.summary.unexpected, exitStatusOfResults(verified)], [1, 1]);
  }),
);

Deno.test(
  "verifyResults() takes values that are not finite, and what was not measured",
  inRoot(async (root) => {
    const { results } = await runToy(root, `${root}/out`, 3, { cells: ["toy/o*"] });
    const verified = verifyResults(read(results), root, "results.json", () => 3);
    assertEquals(comparable(verified), comparable(results));
    assertEquals(verified.modules[0]!.cells.map(({ verdict }) => verdict), [
      "not measured",
      "not measured",
      "fails",
    ]);
  }),
);

Deno.test(
  "acceptCells() records values that verifyResults() then holds a run against, to the last bit",
  inRoot(async (root) => {
    const { results } = await runToy(root, `${root}/out`, 1);
    const accept = (from: Results) =>
      acceptCells(from.modules[0]!, {
        golden: `${root}/golden`,
        profile: "standard",
        seeds: 1,
        environment: from.environment,
      });
    assertEquals(accept(results).added, ["toy/all", "toy/even", "toy/odd"]);
    assertEquals(accept(results), { added: [], changed: [], kept: 3, removed: [], digest: true });
    const verified = verify(results, root);
    assertEquals(verified.modules[0]?.digestVerdict, "unchanged");
    assertEquals(
      verified.modules[0]?.cells.map(({ baseline }) => baseline?.verdict),
      Array(3).fill("unchanged"),
    );

    const bit = verify(withFirstValue(results, 1e-14), root);
    assertEquals([bit.summary.moved, bit.modules[0]?.digestVerdict], [0, "moved"]);
    assertEquals(exitStatusOfResults(bit), 1);
    assertEquals(verify(withFirstValue(results, 1), root).summary.moved, 1);
  }),
);

Deno.test(
  "verifyResults() takes the digest of a value that results.json cannot write",
  inRoot(async (root) => {
    const { results } = await runToy(root, `${root}/out`, 1);
    const infinite = withCells(
      results,
      ([first, ...others]) => [{
        ...first!,
        measured: { ...first!.measured!, value: null, standardError: null, values: [Infinity, -Infinity] },
        deviation: null,
        verdict: "fails",
      }, ...others],
    );
    assertEquals(verify(read(infinite), root).modules[0]?.digest, infinite.modules[0]?.digest);
  }),
);

Deno.test(
  "verifyResults() keeps the failed jobs of a run, which the exit status counts",
  inRoot(async (root) => {
    const { results } = await runToy(root, `${root}/out`, 2, { cells: ["toy/e*", "toy/odd"] });
    const verified = verifyResults(read(results), root, "results.json", () => 2);
    assertEquals(verified.modules[0]?.failures.map(({ job, error }) => [job, error]), [[
      "job 3",
      "RangeError",
    ]]);
    assertEquals([verified.summary.unexpected, exitStatusOfResults(verified)], [0, 1]);
  }),
);

Deno.test(
  "verifyResults() holds results of other seeds than the profile's against no baseline",
  inRoot(async (root) => {
    const { results } = await runToy(root, `${root}/out`, 1);
    const { modules, environment } = results;
    acceptCells(modules[0]!, { golden: `${root}/golden`, profile: "standard", seeds: 1, environment });
    const verdicts = (seeds: number) =>
      verifyResults(read(results), root, "results.json", () => seeds).modules.flatMap((
        { cells, digestVerdict },
      ) => [digestVerdict, ...cells.map(({ baseline }) => baseline?.verdict)]);
    assertEquals(verdicts(1), Array(4).fill("unchanged"));
    assertEquals(verdicts(2), Array(4).fill("none"));
  }),
);
