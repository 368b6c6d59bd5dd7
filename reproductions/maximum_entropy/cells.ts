/**
 * The ids of the cells.
 *
 * @module
 */
import type { FamilyName } from "./method/parameter_families.ts";

/** The cells of every field, by what they say. */
export const fieldCells = {
  loss: (field: string) => `loss/${field}`,
  lossBelowGauss: (field: string) => `order/loss/${field}/model-gauss`,
  lossBelowSecond: (field: string) => `order/loss/${field}/model-second`,
  scattering: (field: string) => `scattering/${field}`,
  scatteringBelowSecond: (field: string) => `order/scattering/${field}/model-second`,
  thirdOverGauss: (field: string) => `moments/S3/${field}/model-over-gauss`,
  fourthBelowGauss: (field: string) => `order/S4/${field}/model-gauss`,
  fifthBelowGauss: (field: string) => `order/S5/${field}/model-gauss`,
  moment: (order: number, field: string) => `moments/S${order}/${field}`,
  kurtosis: (field: string) => `kurtosis/${field}`,
  waveletKurtosis: (j: number, field: string) => `wavelet-kurtosis/j=${j}/${field}`,
  waveletKurtosisBelowGauss: (field: string) => `order/wavelet-kurtosis/${field}/model-gauss`,
  copies: (field: string) => `copies/${field}`,
  gaussianKurtosis: (field: string) => `gaussian/kurtosis/${field}`,
  gaussianWaveletKurtosis: (field: string) => `gaussian/wavelet-kurtosis/${field}`,
  linearChannels: (field: string) => `channels/linear/${field}`,
  rectifiedChannels: (field: string) => `order/channels/${field}/linear-rectified`,
  gaussianChannels: (field: string) => `order/control/channels/${field}/rectified-linear`,
  largeLoss: (field: string) => `large/loss/${field}`,
  largeThird: (field: string) => `large/order/S3/${field}/model-gauss`,
} as const;

/** The cells of Ising spins. */
export const spinCells = {
  energy: "ising/energy",
  energyBelowGauss: "order/ising/energy/model-gauss",
  near: "ising/near-spins",
  nearAboveGauss: "order/ising/near-spins/gauss-model",
  largestCluster: "ising/largest-cluster",
  magnetisation: "ising/magnetisation",
} as const;

/** The cells of counts. */
export const countCells = { exponent: "count/exponent", slide: "count/slide" } as const;

/** The slope of the deviations of a process, or of a part of its statistics. */
export function concentrationCell(process: string): string {
  return `concentration/${process}`;
}

/** The R^2 of a parameter. */
export function regressionCell(family: FamilyName, parameter: string): string {
  return `regression/${family}/${parameter}`;
}

/** That of the spectrum less that of the statistics. */
export function regressionOrderCell(family: FamilyName, parameter: string): string {
  return `order/regression/${family}/${parameter}/spectrum-S`;
}
