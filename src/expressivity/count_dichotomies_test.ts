import { assertEquals, assertThrows } from "@std/assert";
import { startBackend } from "../compute/tfjs/start_backend.ts";
import { countDichotomies } from "./count_dichotomies.ts";

const options = { width: 16, depth: 3, layer: 0, weightVariance: 8, inputs: 15, points: 2048 };

Deno.test("countDichotomies() of a network that never saturates is 2 s, as each sign changes twice", async () => {
  const backend = await startBackend({ threads: 1 });
  for (const layer of [0, 1, 2]) {
    assertEquals(countDichotomies({ ...options, layer, weightVariance: 1e-4, inputs: 6 }, 5), 12);
  }
  backend.dispose();
});

Deno.test("countDichotomies() finds both labels of one input and never more than 2^s", async () => {
  const backend = await startBackend({ threads: 1 });
  assertEquals(countDichotomies({ ...options, inputs: 1 }, 1), 2);
  assertEquals(countDichotomies({ ...options, inputs: 3, weightVariance: 100 }, 1), 8);
  backend.dispose();
});

Deno.test("countDichotomies() refuses layers that are not there, numbers of 0 and too many inputs", () => {
  const count = (change: object) => () => countDichotomies({ ...options, ...change }, 1);
  assertThrows(count({ layer: 3 }), RangeError, "Cannot sweep layer 3: it must be one of the layers 0 to 2");
  assertThrows(count({ depth: 0 }), RangeError, "Cannot count dichotomies with depth = 0");
  assertThrows(count({ width: 0 }), RangeError, "Cannot count dichotomies with width = 0");
  assertThrows(count({ inputs: 31 }), RangeError, "of 31 inputs: there must be at most 30");
});
