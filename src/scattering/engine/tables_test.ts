import { assertEquals } from "@std/assert";
import { chooseVectors } from "./tables.ts";

Deno.test("chooseVectors() takes two vectors where at most a fifth of them is empty", () => {
  const vectors = (images: number) => [chooseVectors("float32", images), chooseVectors("float64", images)];
  assertEquals([1, 2, 3, 4, 5, 8, 9, 12, 13, 16, 17, 20, 64].map(vectors), [
    ...[[1, 1], [1, 1], [1, 2], [1, 2], [2, 1], [2, 2], [1, 2], [1, 2]],
    ...[[2, 2], [2, 2], [2, 2], [2, 2], [2, 2]],
  ]);
});
