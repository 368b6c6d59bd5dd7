import { assertEquals, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { difference, distinctValues, type Outcome, type Values } from "./compare_backends.ts";
import { startBackend } from "./start_backend.ts";

const {
  activation,
  add,
  averagePooling2d,
  batchNormalization,
  concatenate,
  conv1d,
  conv2d,
  conv2dTranspose,
  dense,
  depthwiseConv2d,
  dropout,
  elu,
  flatten,
  globalAveragePooling2d,
  globalMaxPooling2d,
  leakyReLU,
  maximum,
  maxPooling2d,
  multiply,
  prelu,
  reLU,
  reshape,
  separableConv2d,
  softmax,
  upSampling2d,
  zeroPadding2d,
} = layers.layers;

type Symbol = layers.SymbolicTensor;

interface Case {
  readonly name: string;
  readonly shape: readonly number[];
  readonly build: (x: Symbol) => Symbol;
  /** What the network is told beside its input. */
  readonly training?: boolean;
  /** Whether the gradients of the cpu backend are right; finite differences are asked in any case. */
  readonly cpuGradients?: false;
}

const image = [11, 10, 6];

function one(name: string, make: () => layers.layers.Layer, rest: Partial<Case> = {}): Case {
  return { name, shape: image, build: (x) => make().apply(x) as Symbol, ...rest };
}

const cases: readonly Case[] = [
  one(
    "conv2d with stride and relu",
    () => conv2d({ filters: 5, kernelSize: 3, strides: 2, activation: "relu" }),
  ),
  one("conv2d of 7 by 7, stride 4", () => conv2d({ filters: 9, kernelSize: 7, strides: 4, padding: "same" })),
  one("conv2d of 1 by 1", () => conv2d({ filters: 8, kernelSize: 1, activation: "elu" })),
  one(
    "conv2d with unequal strides",
    () => conv2d({ filters: 3, kernelSize: [2, 3], strides: [3, 1], activation: "tanh" }),
  ),
  one("conv2d without bias", () => conv2d({ filters: 4, kernelSize: 3, padding: "same", useBias: false })),
  one("dilated conv2d", () => conv2d({ filters: 4, kernelSize: 3, dilationRate: 2, padding: "same" }), {
    cpuGradients: false,
  }),
  one(
    "dilated conv2d with relu",
    () => conv2d({ filters: 4, kernelSize: 3, dilationRate: [3, 2], activation: "relu" }),
    {
      cpuGradients: false,
    },
  ),
  one("dilated conv1d", () => conv1d({ filters: 4, kernelSize: 3, dilationRate: 2, activation: "relu" }), {
    shape: [12, 5],
    cpuGradients: false,
  }),
  one("conv2dTranspose", () => conv2dTranspose({ filters: 4, kernelSize: 3, strides: 2, padding: "same" })),
  one("depthwiseConv2d", () => depthwiseConv2d({ kernelSize: 3, padding: "same", activation: "relu" })),
  one(
    "depthwiseConv2d with stride and multiplier",
    () => depthwiseConv2d({ kernelSize: 3, strides: 2, depthMultiplier: 3 }),
  ),
  one(
    "separableConv2d",
    () => separableConv2d({ filters: 5, kernelSize: 3, depthMultiplier: 2, padding: "same" }),
  ),
  one("maxPooling2d of overlapping windows", () => maxPooling2d({ poolSize: 3, strides: 2 })),
  one("maxPooling2d to the same size", () => maxPooling2d({ poolSize: 3, strides: 2, padding: "same" })),
  one("averagePooling2d", () => averagePooling2d({ poolSize: 3, strides: 2 })),
  one(
    "averagePooling2d to the same size",
    () => averagePooling2d({ poolSize: 3, strides: 2, padding: "same" }),
    {
      cpuGradients: false,
    },
  ),
  one("globalAveragePooling2d", () => globalAveragePooling2d({})),
  one("globalMaxPooling2d", () => globalMaxPooling2d({})),
  one("batchNormalization in inference", () => batchNormalization({})),
  one("batchNormalization in training", () => batchNormalization({}), { training: true }),
  one("zeroPadding2d", () => zeroPadding2d({ padding: [[0, 1], [2, 0]] })),
  one("upSampling2d", () => upSampling2d({ size: [2, 3] }), { cpuGradients: false }),
  one("upSampling2d, bilinear", () => upSampling2d({ size: [2, 3], interpolation: "bilinear" }), {
    cpuGradients: false,
  }),
  one("flatten and dense", () => dense({ units: 7, activation: "sigmoid" }), {
    build: (x) => dense({ units: 7, activation: "sigmoid" }).apply(flatten().apply(x)) as Symbol,
  }),
  one("reshape", () => reshape({ targetShape: [10, 66] })),
  one("softmax", () => softmax({ axis: -1 })),
  one("leakyReLU", () => leakyReLU({ alpha: 0.1 })),
  one("reLU up to 6", () => reLU({ maxValue: 0.4 })),
  one("elu", () => elu({})),
  one("prelu", () => prelu({ sharedAxes: [1, 2] })),
  one("dropout in inference", () => dropout({ rate: 0.5 })),
  ...([
    "relu",
    "relu6",
    "elu",
    "selu",
    "sigmoid",
    "tanh",
    "softplus",
    "softsign",
    "hardSigmoid",
    "swish",
    "softmax",
  ] as const)
    .map((name) => one(`activation ${name}`, () => activation({ activation: name }))),
  {
    name: "a residual block",
    shape: image,
    build: (x) => {
      const inner = conv2d({ filters: 6, kernelSize: 3, padding: "same" }).apply(
        activation({ activation: "relu" }).apply(batchNormalization({}).apply(x)),
      ) as Symbol;
      return add().apply([x, inner]) as Symbol;
    },
  },
  {
    name: "a fire module",
    shape: image,
    build: (x) => {
      const squeezed = conv2d({ filters: 3, kernelSize: 1, activation: "relu" }).apply(x) as Symbol;
      return concatenate().apply([
        conv2d({ filters: 5, kernelSize: 1, activation: "relu" }).apply(squeezed) as Symbol,
        conv2d({ filters: 4, kernelSize: 3, padding: "same", activation: "relu" }).apply(squeezed) as Symbol,
      ]) as Symbol;
    },
  },
  {
    name: "products and maxima of branches",
    shape: [5],
    build: (x) => {
      const branches = [dense({ units: 4 }).apply(x) as Symbol, dense({ units: 4 }).apply(x) as Symbol];
      return concatenate({ axis: -1 }).apply([
        multiply().apply(branches) as Symbol,
        maximum().apply(branches) as Symbol,
      ]) as Symbol;
    },
  },
];

/** The network of a case, with weights that do not depend on the backend. */
function network({ shape, build }: Case): layers.LayersModel {
  const input = layers.input({ shape: [...shape] });
  const model = layers.model({ inputs: input, outputs: build(input) });
  tf.tidy(() => {
    model.setWeights(model.weights.map(({ shape, originalName }, i) => {
      const sides = shape as number[];
      const values = tf.tensor(distinctValues(sides, 31 * i).data, sides);
      return originalName.includes("variance") ? tf.add(tf.abs(values), 0.5) : tf.mul(values, 0.5);
    }));
  });
  return model;
}

/** Result, and gradients of the input and of every weight, of <result, weights>. */
function measure(of: Case, model: layers.LayersModel, x: Values): Outcome {
  return tf.tidy(() => {
    const run = (x: tf.Tensor) => model.apply(x, { training: of.training ?? false }) as tf.Tensor;
    const input = tf.tensor(x.data, [...x.shape]);
    const result = run(input);
    const weights = tf.tensor(distinctValues(result.shape, 5).data, result.shape);
    const loss = (x: tf.Tensor) => tf.sum(tf.mul(run(x), weights)) as tf.Scalar;
    const gradient = tf.grad(loss)(input);
    const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const grads = variables.length === 0 ? {} : tf.variableGrads(() => loss(input), variables).grads;
    return [result, gradient, ...variables.map(({ name }) => grads[name]!)].map((tensor) => {
      return { shape: tensor.shape, data: Float32Array.from(tensor.dataSync()) };
    });
  });
}

/** How far <gradient, direction> is from a central difference, in float64, of lengths of both. */
function slopeError(of: Case, model: layers.LayersModel, x: Values, gradient: Values): number {
  const direction = distinctValues(x.shape, 77).data;
  const at = (step: number) => {
    const data = x.data.map((value, i) => value + step * direction[i]!);
    const y = tf.tidy(() => {
      const y = model.apply(tf.tensor(data, [...x.shape]), { training: of.training ?? false }) as tf.Tensor;
      return { shape: y.shape, data: Float32Array.from(y.dataSync()) };
    });
    const weights = distinctValues(y.shape, 5).data;
    return y.data.reduce((sum, value, i) => sum + value * weights[i]!, 0);
  };
  const h = 2 ** -9;
  const slope = (at(h) - at(-h)) / (2 * h);
  const product = gradient.data.reduce((sum, value, i) => sum + value * direction[i]!, 0);
  const scale = Math.hypot(...gradient.data) * Math.hypot(...direction);
  return Math.abs(slope - product) / scale;
}

/** Tensors that tfjs knows, and pieces of memory that the backend holds. */
function held(): number[] {
  return [tf.memory().numTensors, (tf.backend() as unknown as { numDataIds(): number }).numDataIds()];
}

Deno.test("networks of every layer agree with the cpu backend and with finite differences, and leave no tensor", async (t) => {
  const backend = await startBackend({ threads: 2 });
  for (const of of cases) {
    await t.step(of.name, async () => {
      const model = network(of);
      const x = distinctValues([2, ...of.shape], 3);
      const before = held();
      const actual = measure(of, model, x);
      assertEquals(held(), before);
      const error = slopeError(of, model, x, actual[1]!);
      assertLess(error, 3e-3);
      await tf.setBackend("cpu");
      if (of.training) model.setWeights(network(of).getWeights());
      const expected = of.cpuGradients === false
        ? [tf.tidy(() => {
          const y = model.apply(tf.tensor(x.data, [...x.shape])) as tf.Tensor;
          return { shape: y.shape, data: Float32Array.from(y.dataSync()) };
        })]
        : measure(of, model, x);
      await tf.setBackend("wasm");
      assertLess(difference(actual.slice(0, expected.length), expected), 2e-5);
      model.dispose();
    });
  }
  backend.dispose();
});

Deno.test("networks give the same bits on one, two and four threads", async () => {
  const bits: number[][] = [];
  for (const threads of [1, 2, 4]) {
    const backend = await startBackend({ threads });
    bits.push(cases.flatMap((of) => {
      const model = network(of);
      const outcome = measure(of, model, distinctValues([3, ...of.shape], 3));
      model.dispose();
      return outcome.flatMap(({ data }) => [...new Int32Array(data.buffer)]);
    }));
    backend.dispose();
  }
  assertEquals(bits[1], bits[0]);
  assertEquals(bits[2], bits[0]);
});
