/**
 * The work of mnist_scattering: one classifier after one training set, and the digit of figure 7.
 *
 * @module
 */
import { type Mistakes, mistakesOf } from "../../src/classify/mistakes.ts";
import type { ImageReading } from "../../src/data/sources/labelled_image_sources.ts";
import type { RunContext, TaskInput, Tasks } from "../../src/suite/reproduction.ts";
import { classifyByConvnet, type NetworkChoices } from "./method/classify_by_convnet.ts";
import { classifyByPca } from "./method/classify_by_pca.ts";
import { classifyBySvm } from "./method/classify_by_svm.ts";
import { type DigitReadings, readTask, type TaskParameters } from "./method/learning_task.ts";
import { type DigitCoefficients, scatterThree } from "./method/scatter_three.ts";

/** What a classifier did. */
export interface Classification {
  /** Which of the test digits it took for others. */
  readonly mistakes: Mistakes;
  /** What cross-validation chose. */
  readonly chosen: Readonly<Record<string, number>>;
}

/** The affine PCA classifier. */
async function pca(
  { parameters, reads }: TaskInput<TaskParameters, DigitReadings>,
  context: RunContext,
): Promise<Classification> {
  const task = await readTask(parameters, reads, context);
  const stream = foldStream(parameters, context);
  const { labels, ...chosen } = await classifyByPca(task, parameters.feature, stream, context.threads);
  return { mistakes: mistakesOf(labels, task.test.labels), chosen };
}

/** The support vector machines. */
async function svm(
  { parameters, reads }: TaskInput<TaskParameters, DigitReadings>,
  context: RunContext,
): Promise<Classification> {
  const task = await readTask(parameters, reads, context);
  const { labels, ...chosen } = await classifyBySvm(task, foldStream(parameters, context), context.threads);
  return { mistakes: mistakesOf(labels, task.test.labels), chosen };
}

/** The convolutional network: the number of the sample is its seed as well. */
async function convnet(
  { parameters, reads }: TaskInput<TaskParameters & NetworkChoices, DigitReadings>,
  context: RunContext,
): Promise<Classification> {
  const task = await readTask(parameters, reads, context);
  const labels = await classifyByConvnet(task, parameters, parameters.sample, context);
  return { mistakes: mistakesOf(labels, task.test.labels), chosen: {} };
}

/** Deals the folds of a cross-validation. */
function foldStream({ n, sample }: TaskParameters, context: RunContext) {
  return context.rng(`mnist_scattering/folds of ${n}`, sample);
}

/** The digit of figure 7. */
function figure7(
  { reads }: TaskInput<Record<never, never>, { readonly test: ImageReading }>,
  context: RunContext,
): Promise<DigitCoefficients> {
  return scatterThree(reads.test, context);
}

/** The tasks of mnist_scattering. */
export const tasks = { pca, svm, convnet, figure7 } satisfies Tasks;
