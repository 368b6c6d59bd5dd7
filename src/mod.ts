/**
 * The library of the reproducibility suite: what its reproductions are made of, and what judges them.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const filters = findBank("spline").build({ height: 32, width: 32, J: 3, L: 6 });
 * for (const sum of littlewoodPaleySum(filters)) assertAlmostEquals(sum, 1, 1e-12);
 * ```
 *
 * @module
 */
export * from "./errors.ts";
export * from "./suite/figure.ts";
export * from "./suite/reproduction.ts";
export { Fft } from "./numeric/fourier/fft.ts";
export { Fft2 } from "./numeric/fourier/fft2.ts";
export type { Claim, Outcome, Published, Role, Tolerance, ToleranceKind } from "./suite/golden/claim.ts";
export { judge, type Judgement, type Measured, summarise, type Verdict } from "./suite/golden/judge.ts";
export { parseClaims } from "./suite/golden/parse_claims.ts";
export type { ReadContext } from "./data/sources/source.ts";
export type { NpyArray, NpyData, NpyType } from "./data/readers/npy/npy_array.ts";
export { readNpy } from "./data/readers/npy/read_npy.ts";
export { writeNpy } from "./data/readers/npy/write_npy.ts";
export { RandomStream, randomStream } from "./numeric/random/random_stream.ts";
export {
  type CellResult,
  type DatasetUsed,
  type Environment,
  type FileUsed,
  type JobFailure,
  parseResults,
  type ReproductionResult,
  type Results,
  resultsFormat,
  type Summary,
} from "./suite/runner/results.ts";
export type { BaselineJudgement } from "./suite/golden/baseline.ts";
export * from "./scattering/banks/mod.ts";
export { findBank, namedBanks } from "./scattering/banks/named_banks.ts";
export { dilatedSplineBank } from "./scattering/banks/spline_bank.ts";
export type { NestedBank, WaveletBank } from "./scattering/banks/wavelet_bank.ts";
export { EnergyCascade, type EnergyCascadeOptions } from "./scattering/energy/energy.ts";
export type {
  FilterBank,
  FilterBankShape,
  FilterSource,
  Wavelet,
  WaveletDescription,
} from "./scattering/banks/filter_bank.ts";
export { kymatioReference } from "./scattering/reference/kymatio_reference.ts";
export type { Boundary } from "./scattering/padding.ts";
export { littlewoodPaleySum } from "./scattering/banks/littlewood_paley.ts";
export { type ScatteringPath, scatteringPaths } from "./scattering/paths.ts";
export { referenceScattering } from "./scattering/reference/reference.ts";
export { type InversionOptions, invertScattering } from "./scattering/invert_scattering.ts";
export { Scattering2D } from "./scattering/scattering_2d.ts";
export type { PathDescription } from "./scattering/scattering_2d.ts";
export {
  ScatteringEnergies,
  type ScatteringEnergiesOptions,
} from "./scattering/energy/scattering_energies.ts";
export type { Scattering2DOptions } from "./scattering/scattering_options.ts";
export type { RunOptions } from "./scattering/engine/cascade_runner.ts";
export type { SheetRunOptions } from "./scattering/engine/sheet_runner.ts";
export type { RealArray } from "./scattering/engine/tables.ts";
export { CovarianceKernel } from "./maximum_entropy/covariance_kernel.ts";
export {
  countStatistics,
  covariancePairs,
  type PairOptions,
  type StatisticCounts,
} from "./maximum_entropy/covariance_pairs.ts";
export {
  type RectifiedCovarianceOptions,
  RectifiedCovariances,
  rectifiedCovariances,
  type StatisticWeights,
} from "./maximum_entropy/rectified_covariances.ts";
export {
  type RectifiedFilterOptions,
  type RectifiedFilters,
  rectifiedFilters,
} from "./maximum_entropy/rectified_filters.ts";
export {
  type CovarianceLoss,
  synthesise,
  type SynthesisOptions,
  type SynthesisStep,
} from "./maximum_entropy/synthesise.ts";
