import { assertEquals, assertRejects } from "@std/assert";
import { reproductions } from "../../reproductions/mod.ts";
import { UsageError } from "../../src/errors.ts";
import { otherSeeds } from "./other_seeds.ts";

Deno.test("otherSeeds() names the reproductions whose seeds are not the profile's", async () => {
  const profile = "standard";
  const modules = await Promise.all(reproductions.map(async ({ id, load }) => {
    const { profiles } = await load();
    return { id, seeds: profiles[profile]!.seeds };
  }));
  assertEquals(await otherSeeds({ profile, modules }), new Map());
  const random = modules.filter(({ seeds }) => seeds !== null);
  assertEquals(
    await otherSeeds({
      profile,
      modules: modules.map(({ id, seeds }) => ({ id, seeds: seeds && seeds + 1 })),
    }),
    new Map(random.map(({ id, seeds }) => [id, seeds! + 1])),
  );
  assertEquals(random.length > 0, true);
});

Deno.test("otherSeeds() refuses a reproduction that there is not", async () => {
  await assertRejects(() => otherSeeds({ profile: "full", modules: [{ id: "none", seeds: 1 }] }), UsageError);
});
