import { assertAlmostEquals, assertEquals } from "@std/assert";
import { whiten } from "./whiten.ts";

/** A wave of whole periods on a rectangle. */
function wave(height: number, width: number, down: number, along: number): Float64Array {
  return Float64Array.from({ length: height * width }, (_, at) => {
    const row = Math.floor(at / width);
    return Math.cos(2 * Math.PI * (down * row / height + along * (at % width) / width));
  });
}

Deno.test("whiten() weighs two waves by |f| exp(-(f / 0.4)^4)", () => {
  const [slow, fast] = [wave(20, 30, 2, 0), wave(20, 30, 0, 9)];
  const sum = slow.map((value, i) => 5 + 3 * value + 3 * fast[i]!);
  const white = whiten(sum, 20, 30, 1);
  const share = (pattern: Float64Array) =>
    pattern.reduce((total, value, i) => total + value * white[i]!, 0) / (pattern.length / 2);
  const gain = (f: number) => f * Math.exp(-((f / 0.4) ** 4));
  assertAlmostEquals(share(fast) / share(slow), gain(0.3) / gain(0.1), 1e-10);
  assertAlmostEquals(share(fast) ** 2 + share(slow) ** 2, 2, 1e-10);
});

Deno.test("whiten() of an image without variance gives zeros", () => {
  assertEquals(
    [...whiten(new Float64Array(6).fill(4), 2, 3, 0.1)].map(Math.abs).every((v) => v < 1e-12),
    true,
  );
});
