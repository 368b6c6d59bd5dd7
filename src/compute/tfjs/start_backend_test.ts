import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import { startBackend } from "./start_backend.ts";

/** Bits of a product, a convolution with both gradients, a pooling gradient, sums and element-wise passes. */
function fingerprint(): number[] {
  return tf.tidy(() => {
    const x = tf.randomNormal([8, 12, 12, 5], 0, 1, "float32", 1) as tf.Tensor4D;
    const filter = tf.randomNormal([3, 3, 5, 9], 0, 1, "float32", 2) as tf.Tensor4D;
    const loss = (x: tf.Tensor, filter: tf.Tensor) => {
      const y = tf.maxPool(
        tf.relu(tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, "same")),
        2,
        2,
        "same",
      );
      const rows = tf.reshape(y, [8, -1]);
      return tf.sum(tf.sigmoid(tf.mul(tf.sum(tf.matMul(rows, rows, true), 0), 0.5))) as tf.Scalar;
    };
    const { value, grads } = tf.valueAndGrads(loss)([x, filter]);
    const a = tf.randomNormal([300, 200], 0, 1, "float32", 3);
    const product = tf.matMul(a, a, true);
    // Kernels that tfjs ships, from two builds of the same source.
    const shipped = [
      tf.exp,
      tf.tanh,
      tf.sigmoid,
      tf.softmax,
      tf.softplus,
      tf.erf,
      tf.sin,
      tf.logSumExp,
      tf.cumsum,
    ];
    const results = shipped.map((operation) => operation(a));
    return [value, ...grads, product, ...results, tf.pow(tf.abs(a), 1.3), tf.mean(a), tf.transpose(a)]
      .flatMap((tensor) => {
        return Array.from(new Int32Array(new Float32Array(tensor.dataSync()).buffer));
      });
  });
}

Deno.test("startBackend() gives the same bits on one, two and three threads", async () => {
  const prints: number[][] = [];
  for (const threads of [1, 2, 3]) {
    const backend = await startBackend({ threads });
    assertEquals([backend.threads, backend.notes], [threads, []]);
    prints.push(fingerprint());
    backend.dispose();
  }
  assertEquals(prints[1], prints[0]);
  assertEquals(prints[2], prints[0]);
});

Deno.test("startBackend() takes the most threads that the build can start where more are asked for", async () => {
  const backend = await startBackend({ threads: 12 });
  assertEquals([backend.threads, backend.notes], [9, []]);
  backend.dispose();
});

Deno.test("startBackend() rejects what is no number of threads", async (t) => {
  for (const threads of [0, 1.5, -1, NaN]) {
    await t.step(
      String(threads),
      async () => void await assertRejects(() => startBackend({ threads }), RangeError, "at least 1"),
    );
  }
});

Deno.test("startBackend() falls back to one thread with a note where memory cannot be shared", async () => {
  const shared = globalThis.SharedArrayBuffer;
  Reflect.deleteProperty(globalThis, "SharedArrayBuffer");
  try {
    const backend = await startBackend({ threads: 2 });
    assertEquals(backend.threads, 1);
    assert(backend.notes[0]!.includes("one thread computes"));
    assertEquals(tf.matMul([[2]], [[3]]).dataSync()[0], 6);
    backend.dispose();
  } finally {
    globalThis.SharedArrayBuffer = shared;
  }
});
