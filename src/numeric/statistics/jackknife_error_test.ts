import { assertAlmostEquals } from "@std/assert";
import { jackknifeError } from "./jackknife_error.ts";

Deno.test("jackknifeError() of a mean is its standard error", () => {
  const values = [1, 2, 4, 9];
  const mean = 4;
  const without = values.map((value) => (4 * mean - value) / 3);
  assertAlmostEquals(jackknifeError(without), Math.sqrt((9 + 4 + 0 + 25) / 3 / 4), 1e-12);
});
