import { assert, assertAlmostEquals, assertEquals, assertLess, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { type Backend, startBackend } from "../compute/tfjs/start_backend.ts";
import { DataError } from "../errors.ts";
import { inFolder } from "../files/test_helpers.ts";
import { randomStream } from "../numeric/random/random_stream.ts";
import { differentiate } from "./differentiate.ts";
import { fit, type FitOptions } from "./fit.ts";
import type { Parameter } from "./layer.ts";
import { constantRate, cosineRate } from "./schedules.ts";

/** Runs a test with a backend of its own. */
function onBackend(
  test: (folder: string, t: Deno.TestContext) => Promise<void>,
): (t: Deno.TestContext) => Promise<void> {
  return inFolder(async (folder, t) => {
    const backend: Backend = await startBackend({ threads: 1 });
    try {
      await test(folder, t);
    } finally {
      backend.dispose();
    }
  });
}

function parameterOf(values: readonly number[], name = "w"): Parameter & { variable: tf.Variable } {
  const initial = tf.tensor1d([...values]);
  const variable = tf.variable(initial);
  initial.dispose();
  return { name, variable, group: "weight" };
}

function valuesOf({ variable }: Parameter): number[] {
  return Array.from(variable.dataSync());
}

const plain = { rule: "sgd", beta1: 0 } as const;

/** Other options, also none where there were some. */
type Change = Partial<{ [K in keyof FitOptions<tf.Tensor>]: FitOptions<tf.Tensor>[K] | undefined }>;

/** Least squares: w moves towards the target of each step, by the share `rate` of the way. */
function towards(w: Parameter, change: Partial<FitOptions<tf.Tensor>> = {}): FitOptions<tf.Tensor> {
  return {
    parameters: [w],
    steps: 6,
    batches: (step) => tf.tensor1d([step, -step]),
    step: differentiate([w], (target: tf.Tensor) => {
      return tf.mul(tf.sum(tf.squaredDifference(w.variable, target)), 0.5) as tf.Scalar;
    }),
    optimizer: plain,
    rate: constantRate(0.25),
    ...change,
  };
}

Deno.test(
  "fit() by the squared error shortens the way to the optimum by 1 - rate curvature a step",
  onBackend(async () => {
    const w = parameterOf([8, 0]);
    const { losses: [losses] } = await fit(towards(w, { batches: () => tf.tensor1d([0, 4]), steps: 10 }));
    const left = 0.75 ** 10;
    assertAlmostEquals(valuesOf(w)[0]!, 8 * left, 1e-6);
    assertAlmostEquals(valuesOf(w)[1]!, 4 - 4 * left, 1e-6);
    for (const [step, loss] of losses!.entries()) {
      assertAlmostEquals(loss, (8 ** 2 + 4 ** 2) / 2 * 0.75 ** (2 * step), 1e-4);
    }
  }),
);

Deno.test(
  "fit() by distances to radial basis centres pulls outputs to the centre of their class",
  onBackend(async () => {
    // LeNet-5 (LeCun et al. 1998, equation 8): the loss is the squared distance of the output to the centre of its class.
    const centres = [[1, -1, 1], [-1, 1, 1]];
    const outputs = parameterOf(new Array(6).fill(0));
    await fit({
      parameters: [outputs],
      steps: 50,
      batches: () => ({ labels: tf.tensor1d([1, 0], "int32") }),
      step: differentiate([outputs], ({ labels }: { labels: tf.Tensor1D }) => {
        const wanted = tf.gather(tf.tensor2d(centres), labels);
        return tf.sum(tf.squaredDifference(tf.reshape(outputs.variable, [2, 3]), wanted)) as tf.Scalar;
      }),
      optimizer: plain,
      rate: constantRate(0.2),
    });
    for (const [i, value] of valuesOf(outputs).entries()) {
      assertAlmostEquals(value, centres.toReversed().flat()[i]!, 1e-5);
    }
  }),
);

Deno.test(
  "fit() takes gradients that belong to no loss: contrastive divergence against plain sums",
  onBackend(async () => {
    // A Boltzmann machine of 3 visible and 2 hidden units without biases, its units replaced by their means (Hinton 2002).
    const start = [0.1, -0.2, 0.3, 0.4, -0.5, 0.6];
    const patterns = [[1, 0, 1], [0, 1, 1], [1, 1, 0]];
    const rate = 0.5;
    const w = parameterOf(start);
    await fit(
      {
        parameters: [w],
        steps: 20,
        batches: (step) => tf.tensor2d([patterns[step % 3]!, patterns[(step + 1) % 3]!]),
        step: (v) => {
          const found = tf.tidy(() => {
            const weights = tf.reshape(w.variable, [3, 2]);
            const hidden = tf.sigmoid(tf.matMul(v, weights));
            const again = tf.sigmoid(tf.matMul(hidden, weights, false, true));
            const hiddenAgain = tf.sigmoid(tf.matMul(again, weights));
            const slope = tf.sub(tf.matMul(again, hiddenAgain, true), tf.matMul(v, hidden, true));
            return { error: tf.mean(tf.squaredDifference(v, again)), slope: tf.reshape(slope, [6]) };
          });
          const losses = found.error.dataSync().slice();
          found.error.dispose();
          // Those of a sum over the rows.
          return { losses, gradients: { [w.variable.name]: found.slope }, scale: 1 / v.shape[0] };
        },
        optimizer: plain,
        rate: constantRate(rate),
      } satisfies FitOptions<tf.Tensor2D>,
    );

    const expected = [...start];
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
    for (let step = 0; step < 20; step++) {
      const slope = new Array(6).fill(0);
      for (const v of [patterns[step % 3]!, patterns[(step + 1) % 3]!]) {
        const up = (units: number[]) =>
          [0, 1].map((j) => sigmoid(units.reduce((sum, unit, i) => sum + unit * expected[2 * i + j]!, 0)));
        const hidden = up(v);
        const again = [0, 1, 2].map((i) =>
          sigmoid(hidden.reduce((sum, unit, j) => sum + unit * expected[2 * i + j]!, 0))
        );
        const hiddenAgain = up(again);
        for (let i = 0; i < 3; i++) {
          for (let j = 0; j < 2; j++) {
            slope[2 * i + j] += (again[i]! * hiddenAgain[j]! - v[i]! * hidden[j]!) / 2;
          }
        }
      }
      for (let k = 0; k < 6; k++) expected[k]! -= rate * slope[k];
    }
    for (const [k, value] of valuesOf(w).entries()) assertAlmostEquals(value, expected[k]!, 1e-5);
  }),
);

Deno.test(
  "fit() leaves the parameters to a step that moves them by itself, and gives it the rate",
  onBackend(async () => {
    const sums = [0, 0];
    const { losses } = await fit({
      parameters: [],
      steps: 4,
      batches: (step) => [step, 10 * step],
      step: (batch, step, rate) => {
        for (const [i, value] of batch.entries()) sums[i]! += rate * value;
        return { losses: [step, -step] };
      },
      rate: (progress) => 1 + progress,
    });
    assertEquals(sums, [1 * 1.25 + 2 * 1.5 + 3 * 1.75, 10 * (1 * 1.25 + 2 * 1.5 + 3 * 1.75)]);
    assertEquals(losses, [[0, 1, 2, 3], [-0, -1, -2, -3]]);
  }),
);

Deno.test(
  "fit() takes the same batches from a function, a promise, an iterable and an async one, and disposes of them",
  onBackend(async () => {
    const make = (step: number) => tf.tensor1d([step, -step]);
    const sources: FitOptions<tf.Tensor>["batches"][] = [
      make,
      (step) => Promise.resolve(make(step)),
      {
        *from(step) {
          for (;;) yield make(step++);
        },
      },
      {
        // Two prepared at a time.
        async *from(step) {
          for (;; step += 2) yield* await Promise.all([make(step), make(step + 1)]);
        },
      },
    ];
    const found = [];
    for (const batches of sources) {
      const w = parameterOf([1, 1]);
      const { numTensors } = tf.memory();
      found.push([await fit(towards(w, { batches })), valuesOf(w)]);
      assertEquals(tf.memory().numTensors, numTensors);
    }
    for (const one of found) assertEquals(one, found[0]);
  }),
);

Deno.test(
  "fit() ends a source that could give more, and says where one gives too few",
  onBackend(async () => {
    const course: string[] = [];
    const batches = (count: number) => ({
      *from(step: number) {
        try {
          while (step < count) yield tf.tensor1d([step++, 0]);
        } finally {
          course.push(`ended at ${step}`);
        }
      },
    });
    await fit(towards(parameterOf([1, 1]), { batches: batches(100) }));
    await assertRejects(
      () => fit(towards(parameterOf([1, 1]), { batches: batches(4) })),
      RangeError,
      "Cannot take step 5 of 6: there are no more batches",
    );
    assertEquals(course, ["ended at 6", "ended at 4"]);
  }),
);

Deno.test(
  "fit() records before the first epoch and after each, what is given alone",
  onBackend(async () => {
    const w = parameterOf([1, 1]);
    const { records } = await fit({
      ...towards(w),
      steps: 7,
      stepsPerEpoch: 2,
      record: (epoch) => epoch === 2 ? undefined : { third: epoch / 3, list: [epoch, 0.1], missing: null },
    });
    // The seventh step ends no epoch.
    assertEquals(
      records,
      [0, 1, 3].map((epoch) => ({ epoch, third: epoch / 3, list: [epoch, 0.1], missing: null })),
    );
  }),
);

/** Thrown by a test, as a kill would end the process. */
class Killed extends Error {}

Deno.test(
  "fit() goes on to the same bits wherever it was stopped or killed",
  onBackend(async (folder) => {
    const data = Float32Array.from(
      { length: 40 },
      ((stream) => () => stream.normal())(randomStream("data", 1)),
    );
    const rows = (step: number) => tf.tensor2d(data.subarray(5 * (step % 8), 5 * (step % 8) + 5), [5, 1]);
    const steps = 12;
    type Callback = "batches" | "step" | "afterStep" | "record" | "progress";
    let number = 0;

    /** Two layers of one unit; killed in a callback when it is called for a step. */
    const optionsOf = (
      rule: "sgd" | "adam",
      clipNorm: number | undefined,
      kill?: { at: number; in: Callback },
    ) => {
      const parameters = [parameterOf([0.5], "first"), parameterOf([-0.25], "second")];
      const state = parameterOf([0], "steps");
      const killIn = (callback: Callback, at: number) => {
        if (kill?.in === callback && kill.at === at) throw new Killed();
      };
      const differentiated = differentiate(parameters, (x: tf.Tensor) => {
        const [first, second] = parameters.map(({ variable }) => variable) as [tf.Variable, tf.Variable];
        return tf.mean(
          tf.squaredDifference(tf.mul(tf.tanh(tf.mul(x, first)), second), tf.sin(x)),
        ) as tf.Scalar;
      });
      const options: FitOptions<tf.Tensor, { first: number; third: number }> = {
        parameters,
        state: [state],
        steps,
        stepsPerEpoch: 3,
        batches: {
          async *from(step) {
            for (;; step++) {
              killIn("batches", step);
              yield await rows(step);
            }
          },
        },
        step: (batch, step, rate) => {
          killIn("step", step);
          return differentiated(batch, step, rate);
        },
        optimizer: { rule },
        rate: cosineRate(0.1),
        ...(clipNorm === undefined ? {} : { clipNorm }),
        afterStep: (step) => {
          state.variable.assign(tf.tidy(() => tf.add(state.variable, 1)));
          killIn("afterStep", step);
        },
        record: (epoch) => {
          killIn("record", 3 * epoch);
          return { first: valuesOf(parameters[0]!)[0]!, third: epoch / 3 };
        },
        progress: (step) => killIn("progress", step),
      };
      return { options, values: () => [...parameters, state].map(valuesOf) };
    };

    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("sgd" as const, "adam" as const),
        fc.constantFrom(undefined, 0.05),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: steps }),
        fc.constantFrom<(Callback | "stopAfter")[]>(
          "stopAfter",
          "batches",
          "step",
          "afterStep",
          "record",
          "progress",
        ),
        async (rule, clipNorm, every, at, how) => {
          const checkpoint = { path: `${folder}/${number++}`, every, settings: rule };
          const whole = optionsOf(rule, clipNorm);
          const expected = await fit(whole.options);

          const first = optionsOf(rule, clipNorm, how === "stopAfter" ? undefined : { at, in: how });
          try {
            await fit({ ...first.options, checkpoint, ...(how === "stopAfter" ? { stopAfter: at } : {}) });
          } catch (error) {
            if (!(error instanceof Killed)) throw error;
          }
          const resumed = optionsOf(rule, clipNorm);
          assertEquals(await fit({ ...resumed.options, checkpoint }), expected);
          assertEquals(resumed.values(), whole.values());
        },
      ),
      { numRuns: 60 },
    );
  }),
);

Deno.test(
  "fit() asks for the batches of the steps that are left, and for none where no step is",
  onBackend(async (folder) => {
    const checkpoint = { path: `${folder}/checkpoint`, every: 2, settings: "" };
    const asked: number[] = [];
    const batches = {
      *from(step: number) {
        asked.push(step);
        for (;;) yield tf.tensor1d([step++, 0]);
      },
    };
    await fit(towards(parameterOf([1, 1]), { batches, checkpoint, stopAfter: 5 }));
    await fit(towards(parameterOf([1, 1]), { batches, checkpoint }));
    const last = parameterOf([7, 7]);
    const { losses } = await fit(towards(last, { batches, checkpoint }));
    assertEquals([asked, losses[0]!.length], [[0, 4], 6]);
    assert(valuesOf(last)[0] !== 7);
  }),
);

Deno.test(
  "fit() goes on from the last whole checkpoint where a kill left a part of the next one",
  onBackend(async (folder) => {
    const checkpoint = { path: `${folder}/checkpoint`, every: 2, settings: "" };
    const expected = await fit(towards(parameterOf([1, 1])));
    await fit(towards(parameterOf([1, 1]), { checkpoint, stopAfter: 3 }));
    const kept = await Deno.readFile(checkpoint.path);
    // A checkpoint is written under another name and then moved into place.
    await Deno.writeFile(`${checkpoint.path}.part`, kept.subarray(0, kept.length >> 1));
    assertEquals(await fit(towards(parameterOf([1, 1]), { checkpoint })), expected);
  }),
);

Deno.test(
  "fit() refuses a checkpoint of another training",
  onBackend(async (folder) => {
    const checkpoint = { path: `${folder}/checkpoint`, every: 1, settings: "a" };
    await fit(towards(parameterOf([1, 1]), { checkpoint }));
    const others: Partial<FitOptions<tf.Tensor>>[] = [
      { checkpoint: { ...checkpoint, settings: "b" } },
      { steps: 5 },
      { optimizer: { rule: "adam" } },
      { state: [parameterOf([1], "state")] },
    ];
    for (const change of others) {
      const w = parameterOf([1, 1]);
      const { numTensors } = tf.memory();
      await assertRejects(
        () => fit(towards(w, { checkpoint, ...change })),
        DataError,
        "is of another training",
      );
      assertEquals([valuesOf(w), tf.memory().numTensors], [[1, 1], numTensors]);
    }
  }),
);

Deno.test(
  "fit() stops where a number is not finite, says where, and leaks nothing",
  onBackend(async (_, t) => {
    const cases: [
      string,
      (w: Parameter) => Change,
      "DivergedError" | "RangeError",
      RegExp,
    ][] = [
      [
        "a loss, of one of two",
        () => ({
          step: (_, step) => ({ losses: [step, step < 3 ? 1 : NaN] }),
          optimizer: undefined,
          locate: (batch, step, index) => `network ${index} on ${batch.shape} at ${step}`,
        }),
        "DivergedError",
        /^Cannot go on at step 4: the loss is NaN \(network 1 on 2 at 3\); the last finite loss was 1; lower the learning rate$/,
      ],
      [
        "the first loss",
        () => ({ batches: () => tf.tensor1d([1e38, 1]) }),
        "DivergedError",
        /^Cannot go on at step 1: the loss is Infinity; lower the learning rate$/,
      ],
      [
        "the norm of gradients that are clipped: float32 has no number for its square",
        (w) => ({
          step: () => ({ losses: [1], gradients: { [w.variable.name]: tf.tensor1d([1e20, 0]) } }),
          clipNorm: 1,
        }),
        "DivergedError",
        /^Cannot go on at step 1: the norm of the gradients is not finite; lower/,
      ],
      [
        "a parameter at the end",
        () => ({ steps: 1, rate: constantRate(1e39) }),
        "DivergedError",
        /^Cannot go on after step 1: w is not finite; the last finite loss was 1; lower/,
      ],
      [
        "a record of parameters that diverged",
        (w) => ({ stepsPerEpoch: 1, rate: constantRate(1e39), record: () => ({ value: valuesOf(w)[0]! }) }),
        "DivergedError",
        /^Cannot go on after step 1: w is not finite/,
      ],
      [
        "a record alone",
        () => ({ stepsPerEpoch: 3, record: (epoch: number) => ({ ratio: 0 / (1 - epoch) }) }),
        "RangeError",
        /^Cannot record ratio = NaN after epoch 1: it must be a finite number, a list of them, or null$/,
      ],
      [
        "the rate",
        () => ({ rate: (progress) => progress < 0.5 ? 0.1 : NaN }),
        "RangeError",
        /^Cannot take step 4 at a learning rate of NaN: it must be finite and >= 0$/,
      ],
    ];
    for (const [name, change, error, message] of cases) {
      await t.step(name, async () => {
        const w = parameterOf([1, 1]);
        const { numTensors } = tf.memory();
        const options = { ...towards(w), ...change(w) } as FitOptions<tf.Tensor>;
        const thrown = await assertRejects(() => fit(options), Error);
        assertEquals(thrown.name, error);
        assert(message.test(thrown.message), thrown.message);
        assertEquals(tf.memory().numTensors, numTensors);
      });
    }
  }),
);

Deno.test(
  "fit() clips the norm of scaled gradients",
  onBackend(async () => {
    // A sum over 4 rows: the mean is of norm 5.
    const step = (w: Parameter): FitOptions<tf.Tensor>["step"] => () => ({
      losses: [0],
      gradients: { [w.variable.name]: tf.tensor1d([12, 16]) },
      scale: 0.25,
    });
    for (const [clipNorm, length] of [[2.5, 2.5], [10, 5]] as const) {
      const w = parameterOf([0, 0]);
      await fit(towards(w, { steps: 1, step: step(w), clipNorm, rate: constantRate(1) }));
      assertAlmostEquals(Math.hypot(...valuesOf(w)), length, 1e-6);
    }
  }),
);

Deno.test(
  "fit() refuses options that mean nothing, in one line",
  onBackend(async (folder, t) => {
    const checkpoint = { path: `${folder}/checkpoint`, every: 1, settings: "" };
    const none: Change = { optimizer: undefined, parameters: [] };
    const cases: [string, Change][] = [
      ["Cannot fit with steps = 0: it must be a whole number >= 1", { steps: 0 }],
      ["Cannot fit with stepsPerEpoch = 0.5: it must be a whole number >= 1", { stepsPerEpoch: 0.5 }],
      ["Cannot fit with checkpoint.every = NaN", { checkpoint: { ...checkpoint, every: NaN } }],
      ["Cannot fit with stopAfter = -1: it must be a whole number >= 0", { stopAfter: -1 }],
      ["Cannot record epochs of unknown length", { record: () => ({}) }],
      ["Cannot fit no parameters", { parameters: [] }],
      ["Cannot clip gradients to a norm of 0: it must be > 0", { clipNorm: 0 }],
      ["Cannot clip gradients to a norm of 1: there is no optimizer", { ...none, clipNorm: 1 }],
      ["Cannot fit two parameters named w", { state: [parameterOf([1])] }],
      ['Cannot keep a checkpoint at the path ""', { checkpoint: { ...checkpoint, path: "" } }],
      [`Cannot keep a checkpoint at ${folder}/checkpoint: there are no parameters`, { ...none, checkpoint }],
      ["Cannot take step 1 with 0 losses: it must have one, or one of each network", {
        step: () => ({ losses: [] }),
      }],
      ["Cannot move the parameters: the step gave no gradients", { step: () => ({ losses: [1] }) }],
      ["Cannot move the parameters: the step gave gradients", {
        ...none,
        step: () => ({ losses: [1], gradients: {} }),
      }],
      ["Cannot take step 2 with 2 losses: it must have 1, as the steps before", {
        ...none,
        step: (_, step) => ({ losses: new Float32Array(step + 1) }),
      }],
      ['Cannot update parameters by the rule "rmsprop"', { optimizer: { rule: "rmsprop" as "sgd" } }],
      ["Cannot update parameters with beta1 = 1: it must be >= 0 and < 1", {
        optimizer: { rule: "sgd", beta1: 1 },
      }],
      ["Cannot update parameters with beta2 = NaN", { optimizer: { rule: "adam", beta2: NaN } }],
      ["Cannot update parameters with epsilon = 0: it must be finite and > 0", {
        optimizer: { rule: "adam", epsilon: 0 },
      }],
      ["Cannot update parameters with decay.weight = -1: it must be finite and >= 0", {
        optimizer: { rule: "sgd", decay: { weight: -1 } },
      }],
    ];
    for (const [message, change] of cases) {
      await t.step(message, async () => {
        const { message: found } = await assertRejects(
          () => fit({ ...towards(parameterOf([1, 1])), ...change } as FitOptions<tf.Tensor>),
          RangeError,
          message,
        );
        assertLess(found.indexOf("\n"), 0);
      });
    }
  }),
);
