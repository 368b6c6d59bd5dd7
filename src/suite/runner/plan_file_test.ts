import { assert, assertEquals } from "@std/assert";
import { GoldenError, UsageError } from "../../errors.ts";
import type { ShardFile } from "./plan_file.ts";
import { comparable, inRoot, writeData } from "./testdata/toy_root.ts";
import { loadedReader, loadedToy, runToys } from "./testdata/toy_run.ts";
import { mergeIn, refused, runShards, withPlan, withPlanText } from "./testdata/toy_shards.ts";

Deno.test(
  "merge() refuses a damaged plan.json, whatever it holds",
  inRoot(async (root, t) => {
    const [one, two, three] = await runShards(root);
    const merge = mergeIn(root);
    for (
      const text of ["", "{", "null", "[]", "7", '"plan"', "{}", '{"plan":null}', '{"plan":{},"shard":null}']
    ) {
      await t.step(`the text ${text}`, async () => {
        await refused(
          merge([one!, await withPlanText(two!, () => text), three!]),
          "Cannot read the plan",
          "again",
        );
      });
    }
    await t.step("an older format", async () => {
      const older = await withPlanText(two!, (text) => text.replace("reproduce-plan/3", "reproduce-plan/2"));
      await refused(merge([one!, older, three!]), 'plan.schema: Invalid input: expected "reproduce-plan/3"');
    });
    await t.step("a shard that is none", async () => {
      const other = await withPlan(two!, () => ({ shard: { index: 4, count: 3 } }));
      await refused(merge([one!, other, three!]), "shard: must be I of N");
    });
    await t.step("a key that leaves the store", async () => {
      const other = await withPlanText(two!, (text) => text.replace(/"key":"[^"]*"/, '"key":"../plan.json"'));
      await refused(merge([one!, other, three!]), "key: must be a SHA-256");
    });
    await t.step("any one value replaced or left out", async () => {
      const text = await Deno.readTextFile(`${two}/cache/plan.json`);
      const whole = comparable((await merge([one!, two!, three!])).results);
      const path = `${two}/cache/plan.json`;
      for (const damaged of damages(JSON.parse(text))) {
        await Deno.writeTextFile(path, damaged);
        try {
          assertEquals(comparable((await merge([one!, two!, three!])).results), whole, damaged);
        } catch (error) {
          assert(error instanceof UsageError || error instanceof GoldenError, `${error}: ${damaged}`);
        }
      }
    });
  }),
);

Deno.test(
  "merge() refuses a plan whose data does not fit together",
  inRoot(async (root, t) => {
    await writeData(root);
    const out = `${root}/out`;
    await runToys(root, out, { reproductions: [loadedReader] });
    const text = await Deno.readTextFile(`${out}/cache/plan.json`);
    const cases: [string, (data: Data) => unknown, string][] = [
      [
        "a data set under another name",
        ({ handles, records }) => ({ handles: { mnist: handles["caltech-101"]! }, records }),
        "the data set mnist has another id",
      ],
      [
        "a file under another name",
        ({ handles, records }) => ({
          handles,
          records: { "caltech-101": { a: records["caltech-101"]!["b"]! } },
        }),
        "the file caltech-101/a has another name",
      ],
      [
        "files of no data set",
        ({ records }) => ({ handles: {}, records }),
        "the data set caltech-101 has files and is not described",
      ],
      [
        "no data set",
        () => ({ handles: {}, records: {} }),
        "its plan lacks the data set caltech-101",
      ],
      [
        "a file without its digest",
        ({ handles, records }) => ({
          handles,
          records: { "caltech-101": { a: records["caltech-101"]!["a"]! } },
        }),
        "this checkout has another key for the job reader/sum of b",
      ],
    ];
    for (const [name, change, message] of cases) {
      await t.step(name, async () => {
        const { plan, shard }: ShardFile = JSON.parse(text);
        const changed = { plan: { ...plan, data: change(plan.data) }, shard };
        await Deno.writeTextFile(`${out}/cache/plan.json`, JSON.stringify(changed));
        await refused(mergeIn(root)([out]), message);
      });
    }
    await t.step("but takes it whole, without the data", async () => {
      await Deno.writeTextFile(`${out}/cache/plan.json`, text);
      await Deno.remove(`${root}/data`, { recursive: true });
      const { results } = await mergeIn(root)([out]);
      assertEquals(results.summary.notMeasured, 0);
    });
  }),
);

Deno.test(
  "planFile() leaves out what was kept of an earlier run, and its data",
  inRoot(async (root) => {
    await writeData(root);
    const out = `${root}/out`;
    await runToys(root, out, { reproductions: [loadedReader] });
    await runToys(root, out, { reproductions: [loadedToy], kept: [loadedReader] });
    const { plan }: ShardFile = JSON.parse(await Deno.readTextFile(`${out}/cache/plan.json`));
    assertEquals(plan.modules.map(({ id }) => id), ["toy"]);
    assertEquals(plan.data, { handles: {}, records: {} });
  }),
);

type Data = ShardFile["plan"]["data"];

/** A document as JSON, with each of its values in turn replaced by others or left out. */
function* damages(document: unknown): Generator<string> {
  const copy: { root: unknown } = { root: document };
  function* below(holder: Record<string, unknown>, key: string): Generator<string> {
    const own = holder[key];
    for (const other of [undefined, null, "", "x", -1, 0, 1e300, [], {}, [own], { x: own }]) {
      holder[key] = other;
      yield JSON.stringify(copy.root) ?? "";
    }
    holder[key] = own;
    if (typeof own !== "object" || own === null) return;
    for (const part of Object.keys(own)) yield* below(own as Record<string, unknown>, part);
  }
  yield* below(copy, "root");
}
