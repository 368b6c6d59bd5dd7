import { assert, assertEquals } from "@std/assert";
import { GoldenError, UsageError } from "../errors.ts";
import { comparable, inRoot } from "./testdata/toy_root.ts";
import { mergeIn, refused, runShards, withPlan, withPlanText } from "./testdata/toy_shards.ts";

Deno.test("merge() refuses a damaged plan.json, whatever it holds", async (t) => {
  await inRoot(async (root) => {
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
      const older = await withPlanText(two!, (text) => text.replace("reproduce-plan/2", "reproduce-plan/1"));
      await refused(merge([one!, older, three!]), 'plan.schema: Invalid input: expected "reproduce-plan/2"');
    });
    await t.step("a shard that is none", async () => {
      const other = await withPlan(two!, () => ({ shard: { index: 4, count: 3 } }));
      await refused(merge([one!, other, three!]), "shard: must be I of N");
    });
    await t.step("a key that leaves the store", async () => {
      const other = await withPlanText(two!, (text) => text.replace(/"key":"[^"]*"/, '"key":"../plan.json"'));
      await refused(merge([one!, other, three!]), "key: must be a SHA-256");
    });
    await t.step("a file without its digest", async () => {
      const other = await withPlanText(
        two!,
        (text) => text.replace('"inputs":[]', '"inputs":[{"dataset":"constructor","name":"name"}]'),
      );
      await refused(merge([one!, other, three!]), "the file constructor/name has no digest");
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
  })();
});

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
