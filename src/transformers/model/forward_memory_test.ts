import { assert, assertEquals } from "@std/assert";
import { forwardBytes, largestForwardBytes, longestWindow } from "./forward_memory.ts";
import { tinyConfig } from "./tiny_config.ts";

Deno.test("forwardBytes() has four tables of scores for each head of each window, and a mask", () => {
  for (const family of ["llama", "qwen2", "gpt2"] as const) {
    const config = tinyConfig(family);
    for (const windows of [1, 3]) {
      const bytes = (length: number) => forwardBytes(config, windows, length);
      // Everything else grows evenly with the length.
      assertEquals(bytes(12) - 2 * bytes(11) + bytes(10), 2 * 4 * (4 * windows * config.heads + 1));
    }
  }
});

Deno.test("forwardBytes() grows evenly with the windows, and has the weights of one layer", () => {
  const config = tinyConfig("llama");
  const bytes = (windows: number) => forwardBytes(config, windows, 64);
  assertEquals(bytes(3) - bytes(2), bytes(2) - bytes(1));
  assertEquals(forwardBytes({ ...config, layers: 7, vocab: 1000 }, 2, 64), bytes(2));
  const { dim, headSize, heads, kvHeads, hidden } = config;
  // Query and output, key and value, three matrices of the feed-forward layer, and two norms (Llama 2, arXiv 2307.09288).
  const weights = 2 * dim * heads * headSize + 2 * dim * kvHeads * headSize + 3 * dim * hidden + 2 * dim;
  assertEquals(forwardBytes(config, 0, 0), 4 * weights);
});

Deno.test("longestWindow() is the longest that fits", () => {
  const config = tinyConfig("llama", { heads: 32, kvHeads: 8, headSize: 64, dim: 2048, hidden: 8192 });
  const longest = longestWindow(config);
  assert(forwardBytes(config, 1, longest) <= largestForwardBytes);
  assert(forwardBytes(config, 1, longest + 1) > largestForwardBytes);
});
