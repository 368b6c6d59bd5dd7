import { assertAlmostEquals, assertEquals } from "@std/assert";
import { measureHead } from "./measure_head.ts";

const length = 32;

/** A head whose queries give `share` to key 3 and the rest to themselves. */
function sinkHead(share: number): Parameters<typeof measureHead>[0] {
  const weights = new Float64Array(length * length);
  for (let i = 0; i < length; i++) {
    weights[i * length + i] = i > 3 ? 1 - share : 1;
    if (i > 3) weights[i * length + 3] = share;
  }
  const values = Float64Array.from({ length: 2 * length }, (_, at) => Math.cos(at * at));
  const outputs = Float64Array.from({ length: 2 * length }, (_, at) => {
    const i = at >> 1;
    const k = at & 1;
    let sum = 0;
    for (let j = 0; j < length; j++) sum += weights[i * length + j]! * values[2 * j + k]!;
    return sum;
  });
  return { window: 2, layer: 1, head: 5, map: { length, weights }, values, outputs, dimension: 2 };
}

Deno.test("measureHead() finds a planted sink, its catch and its lift, and none in the lag null", () => {
  const delimiters = Array.from({ length }, (_, i) => i === 3 || i === 20);
  const measured = measureHead(sinkHead(0.6), delimiters);
  assertEquals([measured.sinks, measured.position, measured.lagNull.sinks], [[3], 3, []]);
  assertAlmostEquals(measured.largest, 0.6, 1e-12);
  assertAlmostEquals(measured.catchMass!, 0.6, 1e-12);
  // 24 keys (0..23) have 8 later queries; key 3 receives 0.6, the others nothing: the mean is 0.6 / 24, on delimiters 0.6 / 2.
  assertAlmostEquals(measured.delimiterLift!, 12, 1e-12);
  assertEquals([measured.window, measured.layer, measured.head], [2, 1, 5]);
  assertEquals(measured.tagShare!.rank, 1);
});

Deno.test("measureHead() counts no key with fewer than T/4 later queries", () => {
  const { map, ...head } = sinkHead(0);
  const weights = new Float64Array(map.weights);
  for (let i = 25; i < length; i++) weights[i * length + 24] = 0.9; // 7 later queries, 8 are needed
  const measured = measureHead(
    { ...head, map: { length, weights } },
    Array.from({ length }, (_, i) => i === 24),
  );
  assertEquals([measured.largest, measured.sinks, measured.delimiterLift], [0, [], null]);
  assertEquals([measured.catchMass, measured.tagShare], [null, null]);
});
