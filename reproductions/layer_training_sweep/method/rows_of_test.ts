import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { rowsOf } from "./rows_of.ts";

Deno.test("rowsOf() copies what slice() gives, and is disposed of like any tensor", async () => {
  const backend = await startBackend({ threads: 1 });
  const matrix = tf.randomNormal([7, 3]) as tf.Tensor2D;
  const before = tf.memory();
  for (const [first, count] of [[0, 7], [2, 3], [6, 1], [4, 0]] as const) {
    const part = rowsOf(matrix, first, count);
    const expected = tf.slice(matrix, [first, 0], [count, 3]);
    assertEquals([part.shape, part.dataSync()], [expected.shape, expected.dataSync()]);
    tf.dispose([part, expected]);
  }
  const { numTensors, numBytes } = tf.memory();
  assertEquals([numTensors, numBytes], [before.numTensors, before.numBytes]);
  backend.dispose();
});

Deno.test("rowsOf() refuses rows that the matrix has not", async () => {
  const backend = await startBackend({ threads: 1 });
  const take = () => rowsOf(tf.zeros([3, 2]), 2, 2);
  assertThrows(take, RangeError, "Cannot take rows 2 to 4 of a matrix: it has 3");
  backend.dispose();
});
