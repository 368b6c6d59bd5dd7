import "@tensorflow/tfjs-backend-cpu";
import { setBackend, type Tensor, tensor4d } from "@tensorflow/tfjs-core";
import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../errors.ts";
import { inMemory, someValues, utf8 } from "../test_helpers.ts";
import {
  activation,
  around,
  channelsInnermost,
  convolve,
  normaliseResponses,
  poolByCaffe,
  rectify,
} from "../test_networks.ts";
import { sizeOf } from "../weights/named_weights.ts";
import { alexNet, alexNetOf, type AlexNetSizes } from "./alex_net.ts";

await setBackend("cpu");

const sizes: AlexNetSizes = {
  side: 31,
  convolutions: [
    { shape: [6, 3, 11, 11], groups: 1, normalised: true, pooled: true },
    { shape: [4, 3, 5, 5], groups: 2, normalised: false, pooled: false },
    { shape: [3, 4, 3, 3], groups: 1, normalised: false, pooled: true },
  ],
};
const from = { dataset: "tiny", path: "net" };

/** Integers of the weights and of the biases of each convolution. */
const integers = sizes.convolutions.map(({ shape }, i) => ({
  weights: [...someValues(sizeOf(shape), 2 * i)].map((v) => Math.round(100 * v)),
  biases: [...someValues(shape[0], 2 * i + 1)].map((v) => Math.round(30_000 * v)),
}));

function files(): Record<string, Uint8Array> {
  return Object.fromEntries(integers.flatMap(({ weights, biases }, i) => [
    [`net/conv${i + 1}_wt.txt`, utf8(weights.join(" "))],
    [`net/conv${i + 1}_bias.txt`, utf8(biases.join("\n"))],
  ]));
}

Deno.test("alexNetOf() gives what the definition of its layers gives", async () => {
  const pixels = someValues(3 * 961, 500);
  const image = activation([3, 31, 31], (c, y, x) => 100 * pixels[(c * 31 + y) * 31 + x]!);
  const stage = (x: typeof image, i: number) => {
    const { shape, groups } = sizes.convolutions[i]!;
    const values = integers[i]!.weights.map((v) => v / 128);
    const border = around(i === 0 ? 0 : (shape[2] - 1) / 2);
    const bias = integers[i]!.biases.map((v) => v / 128);
    return rectify(convolve(x, { shape, values }, bias, { stride: i === 0 ? 4 : 1, border, groups }));
  };
  let x = poolByCaffe(normaliseResponses(stage(image, 0), 5, 1e-4, 0.75));
  x = poolByCaffe(stage(stage(x, 1), 2));
  const network = await alexNetOf(from, inMemory(files()), sizes);
  const found = network.predict(tensor4d(channelsInnermost(image), [1, 31, 31, 3])) as Tensor;
  assertEquals(found.shape, [1, x.height, x.width, x.channels]);
  const wanted = channelsInnermost(x);
  const most = Math.max(...wanted);
  found.dataSync().forEach((value, i) => assertAlmostEquals(value, wanted[i]!, 1e-5 * most));
});

Deno.test("alexNetOf() refuses a file of another number of integers, and integers of more bits", async () => {
  const cut = { ...files(), "net/conv2_wt.txt": utf8("1 2 3") };
  await assertRejects(
    () => alexNetOf(from, inMemory(cut), sizes),
    DataError,
    "Cannot read tiny/net/conv2_wt.txt: it must have 300 integers: it has 3",
  );
  const wide = { ...files(), "net/conv1_bias.txt": utf8("1 2 3 4 5 40000") };
  await assertRejects(
    () => alexNetOf(from, inMemory(wide), sizes),
    DataError,
    "Cannot read tiny/net/conv1_bias.txt: value 5 must be an integer in -32768..32767",
  );
});

Deno.test("alexNet reads ten files, and names two layers of each stage", () => {
  assertEquals(alexNet.files.length, 10);
  assertEquals(alexNet.stages[4], { name: "conv5", before: "conv5", after: "relu5" });
});
