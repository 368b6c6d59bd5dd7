import "@tensorflow/tfjs-backend-cpu";
import { grad, mul, setBackend, sum, type Tensor, type Tensor4D, tensor4d } from "@tensorflow/tfjs-core";
import { input, type LayersModel, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { setWeights } from "../weights/set_weights.ts";
import { channelsLast } from "../weights/filters.ts";
import { someValues } from "../test_helpers.ts";
import {
  type Activation,
  activation,
  around,
  channelsInnermost,
  convolve,
  normaliseResponses,
  poolByCaffe,
  rectify,
} from "../test_networks.ts";
import { ceilPool } from "./ceil_pool.ts";
import { GroupedConvolution } from "./grouped_convolution.ts";
import { LocalResponseNormalisation } from "./local_response_normalisation.ts";

await setBackend("cpu");

/** A model of what `build` makes of an input. */
function modelOf(
  shape: readonly [number, number, number],
  build: (x: SymbolicTensor) => SymbolicTensor,
): LayersModel {
  const [channels, height, width] = shape;
  const x = input({ shape: [height, width, channels] });
  return model({ inputs: x, outputs: build(x) });
}

function someActivation(shape: readonly [number, number, number], seed: number, scale = 1): Activation {
  const values = someValues(shape[0] * shape[1] * shape[2], seed);
  let at = 0;
  return activation(shape, () => scale * values[at++]!);
}

function asTensor(x: Activation): Tensor4D {
  return tensor4d(channelsInnermost(x), [1, x.height, x.width, x.channels]);
}

function assertClose(found: Tensor, expected: Activation, within: number): void {
  assertEquals(found.shape, [1, expected.height, expected.width, expected.channels]);
  const wanted = channelsInnermost(expected);
  found.dataSync().forEach((value, i) => assertAlmostEquals(value, wanted[i]!, within));
}

/** The gradient of a random linear function of the output, against central differences of the definition in float64. */
function assertGradient(
  network: LayersModel,
  x: Activation,
  define: (x: Activation) => Activation,
  within: number,
): void {
  const expected = define(x);
  const weights = someActivation([expected.channels, expected.height, expected.width], 77);
  const loss = (x: Activation) =>
    define(x).data.reduce((total, value, i) => total + value * weights.data[i]!, 0);
  const found = grad((x) => sum(mul(network.apply(x) as Tensor, asTensor(weights))))(asTensor(x)).dataSync();
  const step = 1e-4;
  const differences = x.data.map((_, i) => {
    const moved = (by: number) => ({ ...x, data: x.data.map((value, j) => i === j ? value + by : value) });
    return (loss(moved(step)) - loss(moved(-step))) / (2 * step);
  });
  const wanted = channelsInnermost({ ...x, data: differences });
  found.forEach((value, i) => assertAlmostEquals(value, wanted[i]!, within));
}

Deno.test("LocalResponseNormalisation is Caffe's formula, and its gradient the derivative of that", () => {
  const options = { name: "norm", size: 5, alpha: 0.3, beta: 0.75 };
  const define = (x: Activation) => normaliseResponses(x, options.size, options.alpha, options.beta);
  const x = someActivation([7, 2, 3], 1, 5);
  const network = modelOf(
    [7, 2, 3],
    (x) => new LocalResponseNormalisation(options).apply(x) as SymbolicTensor,
  );
  assertClose(network.predict(asTensor(x)) as Tensor, define(x), 1e-5);
  assertGradient(network, x, define, 1e-4);
});

Deno.test("LocalResponseNormalisation refuses an even size, and says in a file what it is", () => {
  const options = { name: "norm", size: 5, alpha: 1e-4, beta: 0.75 };
  assertThrows(
    () => new LocalResponseNormalisation({ ...options, size: 4 }),
    RangeError,
    "current value is 4",
  );
  const { name, size, alpha, beta } = new LocalResponseNormalisation(options).getConfig();
  assertEquals({ name, size, alpha, beta }, options);
});

Deno.test("GroupedConvolution shows each group of filters its channels alone", () => {
  const shape = [6, 2, 3, 3] as const;
  const [filters, bias] = [{ shape, values: someValues(108, 3) }, someValues(6, 4)];
  const define = (x: Activation) => convolve(x, filters, bias, { border: around(1), groups: 2 });
  const network = modelOf(
    [4, 5, 4],
    (x) =>
      new GroupedConvolution({ name: "conv", filters: 6, kernelSize: 3, groups: 2 }).apply(
        x,
      ) as SymbolicTensor,
  );
  setWeights(
    network,
    new Map([["conv/kernel", channelsLast(filters.values, shape)], ["conv/bias", {
      shape: [6],
      values: bias,
    }]]),
    "test",
  );
  const x = someActivation([4, 5, 4], 5);
  assertClose(network.predict(asTensor(x)) as Tensor, define(x), 1e-5);
  assertGradient(network, x, define, 1e-3);
});

Deno.test("GroupedConvolution refuses groups that do not divide channels or filters", () => {
  const layer = (filters: number, groups: number) =>
    new GroupedConvolution({ name: "conv", filters, kernelSize: 3, groups });
  assertThrows(() => layer(5, 2), RangeError, "its groups must divide 5 filters: there are 2");
  assertThrows(
    () => modelOf([3, 4, 4], (x) => layer(4, 2).apply(x) as SymbolicTensor),
    RangeError,
    "its groups must divide 3 channels: there are 2",
  );
});

Deno.test("ceilPool() takes the maxima that Caffe takes, at any size", () => {
  for (let height = 3; height <= 9; height++) {
    for (const width of [3, 6, 7]) {
      const x = rectify(someActivation([2, height, width], 10 * height + width));
      const network = modelOf([2, height, width], (x) => ceilPool(x, "pool"));
      assertClose(network.predict(asTensor(x)) as Tensor, poolByCaffe(x), 1e-6);
    }
  }
});

Deno.test("ceilPool() copies nothing where the windows fit", () => {
  const padded = (side: number) =>
    modelOf([1, side, side], (x) => ceilPool(x, "pool")).layers.some(({ name }) => name === "pool_pad");
  assertEquals([padded(111), padded(55), padded(6)], [false, false, true]);
});
