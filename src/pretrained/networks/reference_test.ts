import {
  grad,
  logSoftmax,
  mul,
  neg,
  oneHot,
  sum,
  type Tensor,
  tensor1d,
  type Tensor4D,
  tensor4d,
  transpose,
} from "@tensorflow/tfjs-core";
import { model } from "@tensorflow/tfjs-layers";
import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import { startBackend } from "../../compute/tfjs/start_backend.ts";
import { decodeImage } from "../../data/readers/images/decode_image.ts";
import { readNpy } from "../../data/readers/npy/read_npy.ts";
import { gradientOfKept } from "../../saliency/deconvnet.ts";
import { filesAtHand } from "../files_at_hand.ts";
import { networkInput } from "../input.ts";
import reference from "../testdata/chelsea.json" with { type: "json" };
import { alexNet } from "./alex_net.ts";
import { firstLayers } from "./first_layers.ts";
import { mobileNet } from "./mobile_net.ts";
import type { Classifier } from "./pretrained_network.ts";
import { squeezeNet } from "./squeeze_net.ts";
import { tinyDarknet } from "./tiny_darknet.ts";

const { context, skipped } = await filesAtHand(Deno.env.get("REPRODUCE_DATA"), ["cnn", "images"]);
const ignore = context === undefined;

/** Statistics of an array in the order (channels, height, width). */
interface Statistics {
  readonly shape: readonly number[];
  readonly mean: number;
  readonly std: number;
  readonly l2: number;
  readonly probe: number;
  readonly at: readonly (readonly number[])[];
}

/** The largest of the differences between an array and its reference, each relative to the size of what it compares. */
function largestError(x: Tensor4D, expected: Statistics): number {
  const [, height, width, channels] = x.shape;
  assertEquals([channels, height, width], expected.shape);
  const data = transpose(x, [0, 3, 1, 2]).dataSync();
  const n = data.length;
  let [total, squares, probe] = [0, 0, 0];
  data.forEach((value, i) => {
    total += value;
    squares += value * value;
    probe += value * Math.cos(i % 9973);
  });
  const mean = total / n;
  const rms = expected.l2 / Math.sqrt(n);
  return Math.max(
    Math.abs(mean - expected.mean) / rms,
    Math.abs(Math.sqrt(squares / n - mean * mean) - expected.std) / rms,
    Math.abs(Math.sqrt(squares) - expected.l2) / expected.l2,
    Math.abs(probe - expected.probe) / expected.l2,
    ...expected.at.map(([i, value]) => Math.abs(data[i!]! - value!) / Math.max(Math.abs(value!), rms)),
  );
}

async function chelsea(network: Classifier): Promise<Tensor4D> {
  const name = "chelsea.png";
  const image = decodeImage(await context!.read({ dataset: "images", name }), name);
  const { side } = network.input;
  return tensor4d(networkInput(image, network.input), [1, side, side, 3]);
}

const networks = [
  { id: "squeezenet", network: squeezeNet },
  { id: "mobilenet", network: mobileNet },
] as const;

for (const { id, network } of networks) {
  Deno.test({
    name: `${network.title} gives the logits and the activations of an independent implementation${skipped}`,
    ignore,
    async fn(t) {
      const backend = await startBackend({ threads: 1 });
      const expected = reference[id];
      const loaded = await network.load(context!);
      const x = await chelsea(network);
      await t.step("input", () => assertLess(largestError(x, expected.input), 1e-6));
      const stages = model({
        inputs: loaded.inputs,
        outputs: network.stages.flatMap(({ before, after }) => [before, after]).map((layer) =>
          loaded.getLayer(layer).output
        ).flat(),
      });
      const found = stages.predict(x) as Tensor4D[];
      const layers: Record<string, { pre: Statistics; post: Statistics }> = expected.layers;
      assertEquals(network.stages.map(({ name }) => name), Object.keys(layers));
      for (const [i, { name }] of network.stages.entries()) {
        await t.step(name, () => {
          // 28 layers of float32 (unit roundoff 6e-8), against float64.
          assertLess(largestError(found[2 * i]!, layers[name]!.pre), 1e-5);
          assertLess(largestError(found[2 * i + 1]!, layers[name]!.post), 1e-5);
        });
      }
      await t.step("logits", () => {
        const file = new URL(`../testdata/chelsea_${id}_logits.npy`, import.meta.url);
        const { data } = readNpy(Deno.readFileSync(file));
        const logits = (loaded.predict(x) as Tensor).dataSync();
        const most = Math.max(...Array.from(data, Number));
        logits.forEach((value, i) => assertAlmostEquals(value, Number(data[i]), 4e-6 * most));
      });
      backend.dispose();
    },
  });
}

for (const { id, network } of networks) {
  Deno.test({
    name:
      `${network.title} gives the gradient of an independent implementation with respect to its input${skipped}`,
    ignore,
    async fn() {
      const backend = await startBackend({ threads: 1 });
      const loaded = await network.load(context!);
      const target = oneHot(tensor1d([285], "int32"), 1000);
      const loss = (x: Tensor) => neg(sum(mul(logSoftmax(loaded.apply(x) as Tensor), target)));
      const found = grad(loss)(await chelsea(network)) as Tensor4D;
      // Some units lie within float32 of the kink of their ReLU: noise of 1e-5 in the input changes the gradient by as much.
      assertLess(largestError(found, reference[id].fgsm_gradient), 0.01);
      backend.dispose();
    },
  });
}

Deno.test({
  name: `SqueezeNet gives the gradient of half the squares of fire5's pre-activations${skipped}`,
  ignore,
  async fn() {
    const backend = await startBackend({ threads: 1 });
    const network = await squeezeNet.load(context!);
    const { before } = squeezeNet.stages.find(({ name }) => name === "fire5")!;
    const found = gradientOfKept(
      network,
      before,
      await chelsea(squeezeNet),
      (maps) => mul(maps, 1),
    ) as Tensor4D;
    assertLess(largestError(found, reference.squeezenet.deepdream_fire5_gradient), 0.01);
    backend.dispose();
  },
});

Deno.test({
  name: `every classifier knows a cat by the name of its class${skipped}`,
  ignore,
  async fn() {
    const backend = await startBackend({ threads: 1 });
    for (const network of [squeezeNet, mobileNet, tinyDarknet]) {
      const classes = await network.classes(context!);
      const loaded = await network.load(context!);
      for (const { before, after } of network.stages) [before, after].map((layer) => loaded.getLayer(layer));
      const logits = (loaded.predict(await chelsea(network)) as Tensor).dataSync();
      const best = classes[logits.indexOf(Math.max(...logits))]!;
      assertEquals([network.title, best.wordNetId, best.names], [network.title, "n02124075", "Egyptian cat"]);
    }
    backend.dispose();
  },
});

Deno.test({
  name: `AlexNet's convolutions give 256 maps of 6x6 that are sparse and differ${skipped}`,
  ignore,
  async fn() {
    const backend = await startBackend({ threads: 1 });
    const network = await alexNet.load(context!);
    assertEquals(network.countParams(), 2_334_080);
    const name = "chelsea.png";
    const image = decodeImage(await context!.read({ dataset: "images", name }), name);
    const out = network.predict(tensor4d(networkInput(image, alexNet.input), [1, 227, 227, 3])) as Tensor;
    assertEquals(out.shape, [1, 6, 6, 256]);
    const values = out.dataSync();
    const share = values.filter((value) => value > 0).length / values.length;
    assert(
      values.every((value) => value >= 0 && value < 1000) && share > 0.05 && share < 0.5,
      `${share} above 0`,
    );
    backend.dispose();
  },
});

Deno.test({
  name: `firstLayers reads the filters of VGG-16, ResNet-152 and Inception-BN${skipped}`,
  ignore,
  async fn() {
    for (const layer of firstLayers) assertEquals((await layer.filters(context!)).shape, layer.shape);
    const { values } = await firstLayers[0]!.filters(context!);
    assertAlmostEquals(values[2 * 9]!, 0.42947057, 1e-8);
  },
});
