import { assertEquals, assertThrows } from "@std/assert";
import { fitPathFactors, renormalisePaths } from "./path_renormalisation.ts";

Deno.test("renormalisePaths() makes the largest norm of each path 1", () => {
  const features = Float32Array.from({ length: 5 * 3 * 4 }, (_, i) => (i * 7) % 11 - 5);
  const scaled = renormalisePaths(features, fitPathFactors(features, 3, 4), 4);
  // Each norm rounds to float32.
  assertEquals(
    fitPathFactors(scaled, 3, 4).map((factor) => Math.round(factor * 1e6) / 1e6),
    Float64Array.of(1, 1, 1),
  );
});

Deno.test("fitPathFactors() of a path that is 0 everywhere is 0", () => {
  const features = Float32Array.of(0, 2, 0, -4);
  assertEquals(fitPathFactors(features, 2, 1), Float64Array.of(0, 1 / 4));
  assertEquals(renormalisePaths(features, Float64Array.of(0, 1 / 4), 1), Float32Array.of(0, 0.5, 0, -1));
});

Deno.test("path renormalisation throws for wrong features", () => {
  assertThrows(
    () => fitPathFactors(Float32Array.of(1, 2, 3), 2, 1),
    RangeError,
    "no whole number of rows of 2",
  );
  assertThrows(() => fitPathFactors(new Float32Array(0), 2, 1), RangeError, "current number is 0");
  assertThrows(
    () => renormalisePaths(Float32Array.of(NaN), Float64Array.of(1), 1),
    RangeError,
    "must be finite",
  );
});
