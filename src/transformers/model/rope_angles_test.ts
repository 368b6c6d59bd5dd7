import { assertAlmostEquals, assertEquals } from "@std/assert";
import { ropeFrequencies } from "./rope_angles.ts";

/** The numbers of Llama 3.1: base 500000, heads of 128, 8 times the context of 8192. */
const theta = 500_000;
const llama3 = { factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContext: 8192 };

Deno.test("ropeFrequencies() slows down the pairs of Llama 3.1 that turn less than once in 8192 positions", () => {
  const plain = ropeFrequencies({ theta }, 128);
  const scaled = ropeFrequencies({ theta, llama3 }, 128);
  for (const [i, frequency] of plain.entries()) {
    const waveLength = 2 * Math.PI / frequency;
    if (waveLength < 2048) assertEquals(scaled[i], frequency);
    else if (waveLength > 8192) assertEquals(scaled[i], frequency / 8);
    else {
      const smooth = (8192 / waveLength - 1) / (4 - 1);
      assertAlmostEquals(scaled[i]!, ((1 - smooth) / 8 + smooth) * frequency, 1e-18);
    }
  }
  // Pairs 29 to 34 lie between: theta^(-2 i / 128) 8192 / (2 pi) is in [1, 4] for 28.3 <= i <= 35.0.
  const changed = Array.from(plain.keys()).filter((i) =>
    scaled[i] !== plain[i]! && scaled[i] !== plain[i]! / 8
  );
  assertEquals(changed, [29, 30, 31, 32, 33, 34]);
});
