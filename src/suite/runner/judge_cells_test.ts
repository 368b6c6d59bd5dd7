import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { createHash } from "node:crypto";
import { outcomes, roles } from "../golden/claim.ts";
import type { Verdict } from "../golden/judge.ts";
import { cellsDigest, isUnexpected, summarise } from "./judge_cells.ts";
import type { CellResult } from "./results.ts";

type Counted = Parameters<typeof summarise>[0][number];

/** A cell of any role, with a verdict of that role, or not judged. */
const anyCell: fc.Arbitrary<Counted> = fc.constantFrom(...roles).chain((role) =>
  fc.record({
    role: fc.constant(role),
    verdict: fc.constantFrom<Verdict>(...outcomes[role], "stand-in", "not measured"),
    expect: fc.constantFrom(...outcomes[role]),
    baseline: fc.constantFrom<CellResult["baseline"]>(
      null,
      ...(["unchanged", "moved", "none"] as const).map((verdict) => ({ value: 0, within: 0, verdict })),
    ),
    published: fc.constant(role === "claim" ? null : { text: "3", value: 3 }),
    measured: fc.constantFrom(0, 3, 3.4, 3.6).map((value) => ({
      value,
      standardError: null,
      unitOfError: null,
      values: [value],
    })),
  })
);

Deno.test("summarise() puts every cell into one count of its role, or among the stand-ins", () => {
  fc.assert(fc.property(fc.array(anyCell), (cells) => {
    const { numbers, claims, variants, standIn, notMeasured, ...all } = summarise(cells);
    const sum = (counts: Readonly<Record<string, number>>) =>
      Object.values(counts).reduce((sum, count) => sum + count, 0);
    assertEquals(all.cells, cells.length);
    assertEquals(sum(numbers) + sum(claims) + sum(variants) + standIn, cells.length);
    for (const [role, counts] of [["number", numbers], ["claim", claims], ["variant", variants]] as const) {
      const judged = cells.filter((cell) => cell.role === role && cell.verdict !== "stand-in");
      assertEquals(sum(counts), judged.length, role);
    }
    assertEquals(numbers.notMeasured + claims.notMeasured + variants.notMeasured, notMeasured);
  }));
});

Deno.test("summarise() is the same for cells in any order, and adds up over parts", () => {
  fc.assert(fc.property(fc.array(anyCell), fc.array(anyCell), (some, others) => {
    const whole = summarise([...some, ...others]);
    assertEquals(summarise([...others, ...some]), whole);
    const flat = (summary: ReturnType<typeof summarise>) =>
      [summary, summary.numbers, summary.claims, summary.variants].flatMap((counts) =>
        Object.values(counts).filter((count) => typeof count === "number")
      );
    const parts = [flat(summarise(some)), flat(summarise(others))];
    assertEquals(flat(whole), parts[0]!.map((count, i) => count + parts[1]![i]!));
  }));
});

/** A cell that was judged, with what its counts depend on. */
function judged(role: Counted["role"], verdict: Verdict, change: Partial<Counted> = {}): Counted {
  const favourable = role === "claim" ? "holds" : "agrees";
  const published = role === "claim" ? null : { text: "3", value: 3 };
  return { role, verdict, expect: favourable, baseline: null, published, measured: null, ...change };
}

function at(value: number, standardError: number | null = null): Pick<Counted, "measured"> {
  return { measured: { value, standardError, unitOfError: null, values: [value] } };
}

Deno.test("summarise() parts agreeing numbers into those within noise and those that only lie within tolerance", () => {
  const cells = [
    judged("number", "agrees", at(3.5)),
    judged("number", "agrees", at(3.6)),
    judged("number", "agrees", at(4.5, 0.5)),
    judged("number", "deviates", at(3)),
    judged("variant", "agrees", at(3)),
  ];
  assertEquals(summarise(cells).numbers, { withinNoise: 2, agrees: 1, deviates: 1, notMeasured: 0 });
  assertEquals(summarise(cells).variants, { agrees: 1, deviates: 0, notMeasured: 0 });
});

Deno.test("summarise() counts what is unexpected, moved and not judged", () => {
  const moved = { value: 0, within: 0, verdict: "moved" } as const;
  const cells = [
    judged("number", "deviates"),
    judged("claim", "undecided"),
    judged("claim", "fails", { expect: "fails" }),
    judged("claim", "holds", { expect: "fails", baseline: moved }),
    judged("variant", "stand-in"),
    judged("variant", "not measured"),
  ];
  const { unexpected, moved: movedCells, standIn, notMeasured, claims } = summarise(cells);
  assertEquals([unexpected, movedCells, standIn, notMeasured], [3, 1, 1, 1]);
  assertEquals(claims, { holds: 1, undecided: 1, fails: 1, notMeasured: 0 });
});

Deno.test("isUnexpected() tells every outcome but the expected one, and nothing that was not judged", () => {
  for (const role of roles) {
    for (const expect of outcomes[role]) {
      for (const verdict of outcomes[role]) {
        assertEquals(isUnexpected({ verdict, expect }), verdict !== expect);
      }
      assert(
        !isUnexpected({ verdict: "stand-in", expect }) && !isUnexpected({ verdict: "not measured", expect }),
      );
    }
  }
});

function cell(id: string, values: number[]) {
  return { id, measured: { value: 0, standardError: null, unitOfError: null, values } };
}

Deno.test("cellsDigest() hashes id, a zero byte, the count and the values, little-endian, sorted by id", () => {
  const bytes = Uint8Array.of(
    ...new TextEncoder().encode("a"),
    ...[0, 2, 0, 0, 0],
    ...[0, 0, 0, 0, 0, 0, 0xf0, 0x3f],
    ...[0, 0, 0, 0, 0, 0, 0, 0],
    ...new TextEncoder().encode("b"),
    ...[0, 0, 0, 0, 0],
  );
  const expected = createHash("sha256").update(bytes).digest("hex");
  assertEquals(cellsDigest([cell("b", []), cell("a", [1, -0]), { id: "c", measured: null }]), expected);
});

Deno.test("cellsDigest() tells the last bit of a value, and no NaN from another", () => {
  assertNotEquals(cellsDigest([cell("a", [1])]), cellsDigest([cell("a", [1 + Number.EPSILON])]));
  const [otherNaN] = new Float64Array(new BigUint64Array([0xfff8000000000001n]).buffer);
  assertEquals(cellsDigest([cell("a", [NaN])]), cellsDigest([cell("a", [otherNaN!])]));
});
