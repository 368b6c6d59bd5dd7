import "@tensorflow/tfjs-backend-cpu";
import { setBackend, type Tensor, tensor4d } from "@tensorflow/tfjs-core";
import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../errors.ts";
import { inMemory, someValues, writeTfjsModel } from "../test_helpers.ts";
import {
  type Activation,
  activation,
  around,
  type Border,
  channelsInnermost,
  convolve,
  map,
  meanOfChannels,
} from "../test_networks.ts";
import { channelsLast } from "../weights/filters.ts";
import { sizeOf, type Weight } from "../weights/named_weights.ts";
import { mobileNet, mobileNetOf, type MobileNetSizes } from "./mobile_net.ts";

await setBackend("cpu");

const sizes: MobileNetSizes = {
  side: 11,
  first: 2,
  blocks: [{ strides: 1, filters: 3 }, { strides: 2, filters: 4 }],
  classes: 5,
};
const from = { dataset: "tiny", path: "net" };
/** Filters `(out, in, height, width)` of the convolutions, in their order; depthwise ones see one channel. */
const filters = {
  conv1: [2, 3, 3, 3],
  conv_dw_1: [2, 1, 3, 3],
  conv_pw_1: [3, 2, 1, 1],
  conv_dw_2: [3, 1, 3, 3],
  conv_pw_2: [4, 3, 1, 1],
  conv_preds: [5, 4, 1, 1],
} as const;
type Name = keyof typeof filters;

const values = (name: Name) => someValues(sizeOf(filters[name]), Object.keys(filters).indexOf(name));
const names = Object.keys(filters) as Name[];
/** Scale, shift, mean and variance of each channel. */
const statistics = (name: Name) =>
  ["gamma", "beta", "moving_mean", "moving_variance"].map((kind, i) => ({
    kind,
    values: someValues(filters[name][0], 50 + 4 * names.indexOf(name) + i).map((v) =>
      kind === "moving_variance" ? Math.abs(v) + 0.2 : v + 0.7
    ),
  }));

function weights(): Map<string, Weight> {
  const all = new Map<string, Weight>();
  for (const name of names) {
    const isDeep = name.startsWith("conv_dw");
    const kernel = channelsLast(values(name), filters[name]);
    // tfjs has depthwise filters as (height, width, channels, 1).
    const [height, width, ins, outs] = kernel.shape as [number, number, number, number];
    all.set(
      `${name}/${isDeep ? "depthwise_kernel" : "kernel"}`,
      isDeep ? { ...kernel, shape: [height, width, outs, ins] } : kernel,
    );
    if (name === "conv_preds") all.set("conv_preds/bias", { shape: [5], values: someValues(5, 90) });
    else {for (const { kind, values } of statistics(name)) {
        all.set(`${name}_bn/${kind}`, { shape: [values.length], values });
      }}
  }
  return all;
}

function stage(x: Activation, name: Name, stride: number, border: Border): Activation {
  const groups = name.startsWith("conv_dw") ? filters[name][0] : 1;
  const y = convolve(x, { shape: filters[name], values: values(name) }, [], { stride, border, groups });
  const [gamma, beta, mean, variance] = statistics(name).map(({ values }) => values);
  return map(y, (v, c) => {
    const normal = (v - mean![c]!) / Math.sqrt(variance![c]! + 1e-3) * gamma![c]! + beta![c]!;
    return Math.min(6, Math.max(0, normal));
  });
}

Deno.test("mobileNetOf() gives what the definition of its layers gives", async () => {
  const pixels = someValues(3 * 121, 500);
  const image = activation([3, 11, 11], (c, y, x) => pixels[(c * 11 + y) * 11 + x]!);
  const below: Border = [0, 1, 0, 1];
  let x = stage(image, "conv1", 2, below);
  x = stage(stage(x, "conv_dw_1", 1, around(1)), "conv_pw_1", 1, around(0));
  x = stage(stage(x, "conv_dw_2", 2, below), "conv_pw_2", 1, around(0));
  const mean = meanOfChannels(x);
  const last = values("conv_preds");
  const logits = Array.from(
    someValues(5, 90),
    (bias, o) => mean.reduce((sum, v, i) => sum + v * last[o * 4 + i]!, bias),
  );
  const network = await mobileNetOf(from, inMemory(writeTfjsModel("net", weights())), sizes);
  const found = network.predict(tensor4d(channelsInnermost(image), [1, 11, 11, 3])) as Tensor;
  assertEquals(found.shape, [1, 5]);
  found.dataSync().forEach((value, i) => assertAlmostEquals(value, logits[i]!, 1e-5));
});

Deno.test("mobileNetOf() refuses the files of another network", async () => {
  const context = inMemory(writeTfjsModel("net", weights()));
  await assertRejects(
    () => mobileNetOf(from, context, { ...sizes, classes: 6 }),
    DataError,
    "Cannot use tiny/net: conv_preds/kernel must have the shape 1x1x4x6: current shape is 1x1x4x5",
  );
  await assertRejects(
    () => mobileNetOf(from, context, { ...sizes, blocks: sizes.blocks.slice(0, 1) }),
    DataError,
    "Cannot use tiny/net: its weights must be those of the network: conv_dw_2/depthwise_kernel is not",
  );
});

Deno.test("mobileNet reads 56 files, and names two layers of each stage", () => {
  assertEquals(mobileNet.files.length, 56);
  assertEquals(mobileNet.stages.length, 27);
  assertEquals(mobileNet.stages.at(-1), { name: "pw13", before: "conv_pw_13_bn", after: "conv_pw_13_relu" });
});
