import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { axisScale } from "./axis_scale.ts";
import { chooseTicks } from "./choose_ticks.ts";

const linear = { label: "x" };
const log = { label: "n", scale: "log" as const };

Deno.test("axisScale() holds every value and every tick between its ends", () => {
  const values = (min: number) => fc.array(fc.double({ min, max: 1e9, noNaN: true }), { maxLength: 20 });
  for (const [axis, min] of [[linear, -1e9], [log, 1e-9]] as const) {
    fc.assert(fc.property(values(min), fc.boolean(), (data, round) => {
      const scale = axisScale(axis, data, round);
      for (const value of data) {
        const share = scale.share(value);
        assert(share >= -1e-12 && share <= 1 + 1e-12, `${value} lies at ${share}`);
      }
      for (const tick of scale.ticks.flat()) assert(tick >= scale.domain[0] && tick <= scale.domain[1]);
    }));
  }
});

Deno.test("axisScale() has room for values that differ in the last bit", () => {
  const data = [1.0000000000000021e-9, 1.0000000000000023e-9];
  const scale = axisScale(log, data, false);
  for (const value of data) assertAlmostEquals(scale.share(value), 0.5, 1e-9);
});

Deno.test("axisScale() puts a logarithmic value at the share of its decades", () => {
  const scale = axisScale({ ...log, domain: [0.1, 1000] }, [], false);
  assertAlmostEquals(scale.share(1), 0.25, 1e-12);
  assertEquals(scale.share(-1), -Infinity);
});

Deno.test("axisScale() steps by 1, 2 and 5, and by whole numbers where the data are whole", () => {
  assertEquals(axisScale({ ...log, domain: [0.4, 60] }, [], false).ticks[0], [0.5, 1, 2, 5, 10, 20, 50]);
  assertEquals(axisScale(linear, [1, 2, 3], false).ticks[0], [1, 2, 3]);
});

Deno.test("axisScale() has two ticks or more within part of a decade", () => {
  assert(axisScale(log, [11, 14], false).ticks[0]!.length >= 2);
});

Deno.test("axisScale() refuses what an axis cannot show", () => {
  for (const value of [0, -1, NaN, Infinity]) {
    assertThrows(
      () => axisScale(log, [1, value], false),
      RangeError,
      `Cannot paint ${value} on the logarithmic`,
    );
  }
  assertThrows(() => axisScale(linear, [NaN], false), RangeError, "finite");
  assertThrows(() => axisScale({ ...log, ticks: [0, 1] }, [1], false), RangeError, '"n"');
  assertThrows(() => axisScale({ ...log, domain: [0, 1] }, [1], false), RangeError, "positive");
  assertThrows(() => axisScale({ ...linear, domain: [1, 1] }, [1], false), RangeError, "must rise");
});

Deno.test("chooseTicks() never lets labels overlap", () => {
  const room = (label: string) => 8 * label.length;
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 1e5, noNaN: true }),
      fc.integer({ min: 40, max: 500 }),
      (top, px) => {
        for (const axis of [linear, log]) {
          const ticks = chooseTicks(axisScale(axis, [top, top * 30], true), px, room);
          const labelled = ticks.filter(({ label }) => label !== undefined);
          for (const [i, tick] of labelled.slice(1).entries()) {
            assert(tick.place - labelled[i]!.place >= (room(tick.label!) + room(labelled[i]!.label!)) / 2);
          }
        }
      },
    ),
  );
});

Deno.test("chooseTicks() labels both ends of ticks that were asked for, before those between", () => {
  const scale = axisScale({ label: "n", scale: "log", ticks: [1, 50, 100] }, [1, 100], false);
  assertEquals(chooseTicks(scale, 100, () => 30).map(({ label }) => label), ["1", undefined, "100"]);
});
