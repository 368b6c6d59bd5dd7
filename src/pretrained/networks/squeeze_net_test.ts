import "@tensorflow/tfjs-backend-cpu";
import { setBackend, type Tensor, tensor4d } from "@tensorflow/tfjs-core";
import { model } from "@tensorflow/tfjs-layers";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { someValues, writeDeepCompression } from "../test_helpers.ts";
import {
  activation,
  around,
  channelsInnermost,
  concatenate,
  convolve,
  meanOfChannels,
  poolByCaffe,
  rectify,
} from "../test_networks.ts";
import { sizeOf } from "../weights/named_weights.ts";
import { filterShapes, squeezeNet, squeezeNetOf } from "./squeeze_net.ts";

await setBackend("cpu");

const sizes = {
  side: 18,
  first: 4,
  fires: [{ name: "fire2", squeeze: 2, expand: 3 }, { name: "fire3", squeeze: 2, expand: 4 }],
  pooled: ["conv1", "fire2"],
  classes: 5,
};
const layers = filterShapes(sizes).map(({ shape }, i) => ({
  filters: someValues(sizeOf(shape), 2 * i, 0.3),
  bias: someValues(shape[0], 2 * i + 1),
}));

Deno.test("filterShapes() has the 1,248,424 parameters of SqueezeNet v1.0", () => {
  const shapes = filterShapes();
  assertEquals(shapes.length, 26);
  assertEquals(shapes.reduce((sum, { shape }) => sum + sizeOf(shape) + shape[0], 0), 1_248_424);
});

Deno.test("squeezeNetOf() gives what the definition of its layers gives, at every stage", () => {
  const pixels = someValues(3 * 18 * 18, 500);
  const image = activation([3, 18, 18], (c, y, x) => 30 * pixels[(c * 18 + y) * 18 + x]!);
  const convolved = (i: number, x: typeof image, border = around(0), stride = 1) =>
    convolve(x, { shape: filterShapes(sizes)[i]!.shape, values: layers[i]!.filters }, layers[i]!.bias, {
      border,
      stride,
    });
  const fire = (first: number, x: typeof image) => {
    const squeezed = rectify(convolved(first, x));
    return concatenate(convolved(first + 1, squeezed), convolved(first + 2, squeezed, around(1)));
  };
  const conv1 = convolved(0, image, around(0), 2);
  const fire2 = fire(1, poolByCaffe(rectify(conv1)));
  const fire3 = fire(4, poolByCaffe(rectify(fire2)));
  const conv10 = convolved(7, rectify(fire3), around(1));
  const network = squeezeNetOf(writeDeepCompression(layers), "tiny.net", sizes);
  const stages = { "conv1": conv1, "fire2/concat": fire2, "fire3/concat": fire3, "conv10": conv10 };
  const inner = model({
    inputs: network.inputs,
    outputs: [...Object.keys(stages).map((name) => network.getLayer(name).output), network.outputs[0]!]
      .flat(),
  });
  const found = inner.predict(tensor4d(channelsInnermost(image), [1, 18, 18, 3])) as Tensor[];
  Object.values(stages).forEach((stage, i) => {
    const most = Math.max(...stage.data.map(Math.abs));
    assertEquals(found[i]!.shape, [1, stage.height, stage.width, stage.channels]);
    const wanted = channelsInnermost(stage);
    found[i]!.dataSync().forEach((value, j) => assertAlmostEquals(value, wanted[j]!, 1e-5 * most));
  });
  const logits = meanOfChannels(rectify(conv10));
  found.at(-1)!.dataSync().forEach((value, i) => assertAlmostEquals(value, logits[i]!, 1e-3));
});

Deno.test("squeezeNetOf() refuses the file of another network", () => {
  assertThrows(
    () => squeezeNetOf(writeDeepCompression(layers), "tiny.net", { ...sizes, classes: 6 }),
    DataError,
    "Cannot read tiny.net: 8 layers of its numbers of codes must have",
  );
});

Deno.test("squeezeNet reads one file, and names two layers of each stage", () => {
  assertEquals(squeezeNet.files, ["squeezenet_v1.0_deep-compression.net"]);
  assertEquals(squeezeNet.stages.length, 10);
  assertEquals(squeezeNet.stages[4], { name: "fire5", before: "fire5/concat", after: "fire5/relu" });
});
