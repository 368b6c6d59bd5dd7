import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLess } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { claimsOfProfile } from "../../src/suite/golden/claims_of_profile.ts";
import { loadClaims } from "../../src/suite/golden/load_golden.ts";
import { jobsOf } from "../../src/suite/reproduction.ts";
import { jobOf, measureCell, planFor, runJob } from "../../src/suite/testing.ts";
import { reproduction } from "./mod.ts";
import { tasks } from "./run.ts";

const golden = fromFileUrl(new URL("../../golden", import.meta.url));
const plan = planFor(reproduction, { profile: "smoke" });

for (const profile of ["smoke", "standard", "full"] as const) {
  Deno.test(`scattering_theory plans the cells of the golden file in ${profile}`, () => {
    const claimed = claimsOfProfile(loadClaims(golden, reproduction.id), profile).map(({ cell }) => cell);
    const planned = planFor(reproduction, { profile }).cells.map(({ id }) => id);
    assertEquals(planned.toSorted(), claimed.toSorted());
  });
}

Deno.test("scattering_theory takes photographs of classes evenly, one of each", () => {
  const files = ["a", "b", "c", "d", "e", "f"].flatMap((name) => [1, 2].map((n) => `${name}/${n}.jpg`));
  const found = planFor(reproduction, { profile: "standard", dataset: { source: "folder", files } });
  const ids = jobsOf(found).map(({ id }) => id);
  assertEquals(
    ids.filter((id) => ["a", "b", "c", "d", "e", "f"].some((name) => id === `decay/caltech-101/${name}`))
      .length,
    5,
  );
});

Deno.test("scattering_theory gives the mean ratio of energies, with its standard error over images", () => {
  const left = (ratio: number) => [[3, 4, 5, 6, 7].map(() => [1, 0.5, 0.5 * ratio, 0.1])];
  const measured = measureCell(
    plan,
    "decay/J=5/m=1",
    (job) => job === plan.cells.find(({ id }) => id === "decay/J=5/m=1")!.jobs[0] ? left(0.2) : left(0.4),
  );
  assertAlmostEquals(measured.values[0]!, 0.3, 1e-12);
  assertAlmostEquals(measured.standardError!, 0.1, 1e-12);
});

Deno.test("scattering_theory fits exponents of power laws", () => {
  const sizes = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3];
  const law = (power: number) => ({
    scattering: sizes.map((size) => 2 * size ** power),
    fourier: sizes,
    displacements: sizes,
  });
  const result = [{ dilation: law(1.5), rotation: law(1), smooth: law(0.5) }];
  const value = (id: string) => measureCell(plan, id, () => result).values[0]!;
  assertAlmostEquals(value("deformation/dilation/exponent"), 0.5, 1e-12);
  assertAlmostEquals(value("deformation/smooth/exponent"), -0.5, 1e-12);
  assertAlmostEquals(value("deformation/rotation/constant"), 2, 1e-12);
  // J = 3 in smoke: as much as tau over 8 comes beside grad tau.
  assertAlmostEquals(value("deformation/rotation/theorem"), 2 / (1 + 1 / 8), 1e-12);
});

Deno.test("seekPairs() finds a pair that the spline frame does not expand", async () => {
  const found = await runJob(tasks, jobOf(plan, "contraction/spline/digits")) as Awaited<
    ReturnType<typeof tasks.seekPairs>
  >;
  assertEquals(found.pairs.map(({ anyMean }) => anyMean), [true, false]);
  for (const { ratio } of found.pairs) {
    assertLess(ratio, 1 + 1e-9);
    assertGreater(ratio, 0.9);
  }
  // A pair of digits that nobody sought is nowhere near.
  assertLess(found.largestOfPairs, Math.max(...found.pairs.map(({ ratio }) => ratio)));
});

Deno.test("tryFilterBanks() reconstructs, and its controls do not", async () => {
  const { reconstruction, direct, frame, truncated, morlet } = await runJob(
    tasks,
    jobOf(plan, "filter-bank"),
  ) as Awaited<ReturnType<typeof tasks.tryFilterBanks>>;
  for (const error of [reconstruction, direct, frame]) assertLess(error, 1e-12);
  for (const error of [truncated, morlet]) assertGreater(error, 1e-3);
});

Deno.test("translateWaves() comes as near to the bound as a wave can", async () => {
  const shares = await runJob(tasks, jobOf(plan, "translation/waves")) as number[];
  for (const share of shares) assert(share > 0.4 && share <= 3 ** -0.5 + 1e-9, `${share}`);
});

Deno.test("figures() shows what has finished, and the tiling in any case", () => {
  const shown = reproduction.figures!({ finished: () => [], cell: () => undefined });
  assertEquals(shown.map(({ id }) => id), ["tiling"]);
});
