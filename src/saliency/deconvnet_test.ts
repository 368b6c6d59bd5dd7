import "@tensorflow/tfjs-backend-cpu";
import { add, mul, setBackend, type Tensor, tensor, type Tensor4D, tensor4d } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "../numeric/random/random_stream.ts";
import { inputOf, runLayers } from "../pretrained/run_layers.ts";
import { deconvnet, gradientOfKept } from "./deconvnet.ts";
import { LinearPart, switchesOf } from "./linear_part.ts";
import { tinyNetwork } from "./test_network.ts";

await setBackend("cpu");

const stream = randomStream("src/saliency/deconvnet_test", 1);
const normal = (count: number) => Float32Array.from({ length: count }, () => stream.normal());

for (const [height, width] of [[9, 8], [8, 11]] as const) {
  const network = tinyNetwork(height, width);
  const x = tensor4d(normal(height * width * 3), [1, height, width, 3]);
  const result = (name: string) => runLayers(network, { [inputOf(network)]: x }, [name])[0] as Tensor4D;
  const part = (name: string) => new LinearPart(network, name, switchesOf(network, result));

  Deno.test(`LinearPart.back() is the adjoint of forward(), ${height}x${width}`, () => {
    for (const layer of ["conv1", "pool1", "relu2"]) {
      const linear = part(layer);
      const v = Float64Array.from(normal(x.size));
      const image = linear.forward(v);
      const y = Float64Array.from(normal(image.length));
      const back = linear.back(y);
      const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
      assert(Math.sqrt(dot(image, image)) > 1);
      assertAlmostEquals(dot(y, image), dot(back, v), 1e-12 * Math.sqrt(dot(y, y) * dot(image, image)));
    }
  });

  Deno.test(`LinearPart takes back what the gradient does where every ReLU is on, ${height}x${width}`, () => {
    // Far above zero, every unit of the first layer is on, and the pooling goes by the same places.
    const [, bias] = network.getLayer("conv1").getWeights();
    network.getLayer("conv1").setWeights([
      network.getLayer("conv1").getWeights()[0]!,
      tensor(new Float32Array(4).fill(50)),
    ]);
    const kept = result("pool1");
    const gradient = gradientOfKept(network, "pool1", x, (maps) => mul(maps, 1)).dataSync();
    const back = part("pool1").back(Float64Array.from(kept.dataSync()));
    back.forEach((value, i) =>
      assertAlmostEquals(gradient[i]!, value, 1e-4 * Math.max(...back.map(Math.abs)))
    );
    network.getLayer("conv1").setWeights([network.getLayer("conv1").getWeights()[0]!, bias!]);
  });
}

Deno.test("switchesOf() finds where maxima come from, also where the last window hangs over", () => {
  const network = tinyNetwork(8, 8);
  const x = tensor4d(normal(8 * 8 * 3), [1, 8, 8, 3]);
  const result = (name: string) => runLayers(network, { [inputOf(network)]: x }, [name])[0] as Tensor4D;
  const { pool1 } = switchesOf(network, result);
  const padded = result("pool1_pad").dataSync();
  assertEquals([...result("pool1").dataSync()], Array.from(pool1!, (from) => padded[from]!));
});

Deno.test("LinearPart refuses a layer that is none of its kinds", () => {
  const network = tinyNetwork(9, 9);
  assertThrows(() => new LinearPart(network, "mean", {}), RangeError, "it is GlobalAveragePooling2D");
});

Deno.test("deconvnet() rectifies what comes back, whatever was on, where the gradient goes by what was on", () => {
  const one = (name: string, weight: number, bias: number, first = false) =>
    layers.conv2d({
      name,
      filters: 1,
      kernelSize: 1,
      ...(first ? { inputShape: [1, 1, 1] } : {}),
      weights: [tensor([[[[weight]]]]), tensor([bias])],
    });
  const chain = (weight: number, bias: number) =>
    sequential({ layers: [one("a", 2, bias, true), layers.reLU({ name: "r" }), one("b", weight, 1)] });
  const x = tensor4d([3], [1, 1, 1, 1]);
  const back = (network: ReturnType<typeof chain>, by: typeof deconvnet) =>
    by(network, "b", x, (maps: Tensor) => add(mul(maps, 0), 1)).dataSync()[0];
  // On, and nothing negative comes back: the same.
  assertEquals([back(chain(5, 0), deconvnet), back(chain(5, 0), gradientOfKept)], [10, 10]);
  // Off: the gradient is 0.
  assertEquals([back(chain(5, -9), deconvnet), back(chain(5, -9), gradientOfKept)], [10, 0]);
  // Something negative comes back: the deconvolutional network has 0.
  assertEquals([back(chain(-5, 0), deconvnet), back(chain(-5, 0), gradientOfKept)], [0, -10]);
});
