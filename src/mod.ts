/**
 * The library of the reproducibility suite: what its reproductions are made of, and what judges them.
 *
 * @example Usage
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const bank = splineFilterBank({ height: 32, width: 32, J: 3, L: 6 });
 * for (const sum of littlewoodPaleySum(bank)) assertAlmostEquals(sum, 1, 1e-12);
 * ```
 *
 * @module
 */
export * from "./errors.ts";
export * from "./figure.ts";
export * from "./reproduction.ts";
export { Fft } from "./fourier/fft.ts";
export { Fft2 } from "./fourier/fft2.ts";
export type { Claim, Expectation, Published, Tolerance, ToleranceKind } from "./golden/claim.ts";
export { judge, type Judgement, type Measured, summarise, type Verdict } from "./golden/judge.ts";
export { parseClaims } from "./golden/parse_claims.ts";
export type { NpyArray, NpyData, NpyType } from "./npy/npy_array.ts";
export { readNpy } from "./npy/read_npy.ts";
export { writeNpy } from "./npy/write_npy.ts";
export { RandomStream, randomStream } from "./random/random_stream.ts";
export {
  type CellResult,
  type DatasetUsed,
  type Environment,
  type FileUsed,
  type JobFailure,
  type ModuleResult,
  parseResults,
  type Results,
  type Summary,
} from "./runner/results.ts";
export type { BaselineJudgement } from "./golden/baseline.ts";
export { brunaMallatFilterBank } from "./scattering/bruna_mallat_filter_bank.ts";
export { EnergyCascade, type EnergyCascadeOptions } from "./scattering/energy.ts";
export type { FilterBank, FilterBankShape, Wavelet, WaveletDescription } from "./scattering/filter_bank.ts";
export { kymatioFilterBank } from "./scattering/kymatio_filter_bank.ts";
export { kymatioReference } from "./scattering/kymatio_reference.ts";
export type { Boundary } from "./scattering/padding.ts";
export { littlewoodPaleySum } from "./scattering/littlewood_paley.ts";
export { type ScatteringPath, scatteringPaths } from "./scattering/paths.ts";
export { referenceScattering } from "./scattering/reference.ts";
export { Scattering2D } from "./scattering/scattering_2d.ts";
export type { PathDescription } from "./scattering/scattering_2d.ts";
export { ScatteringEnergies, type ScatteringEnergiesOptions } from "./scattering/scattering_energies.ts";
export type { Scattering2DOptions } from "./scattering/scattering_options.ts";
export type { WaveletName } from "./scattering/kernel/cascade_filters.ts";
export type { RunOptions } from "./scattering/kernel/cascade_engine.ts";
export type { RealArray } from "./scattering/kernel/tables.ts";
export { splineFilterBank, type SplineFilterBankShape } from "./scattering/spline_filter_bank.ts";
