import { assertAlmostEquals, assertGreater, assertLess } from "@std/assert";
import fc from "fast-check";
import { randomStream } from "../../../src/numeric/random/random_stream.ts";
import { splineBank } from "../../../src/scattering/banks/spline_bank.ts";
import { referenceScattering } from "../../../src/scattering/reference/reference.ts";
import {
  applyWarp,
  commutatorNorm,
  frameSum,
  normalOfCommutator,
  readingMatrix,
  torusWarps,
  warpMatrices,
  waveletFilters,
  windowFilters,
} from "./commutator.ts";
import { expansion } from "./contraction.ts";
import { fourierModulus, prepareForWarps } from "./deformation.ts";
import { energiesLeft, missingFromIncreasing, normErrors } from "./energies.ts";
import { gaussianLike, phasesLike, pinkNoise, planeWave, whiteNoise } from "./fields.ts";
import { added, distance, inner, norm, withoutMean } from "./grid.ts";
import { LinearisedScattering } from "./linearised_scattering.ts";
import { scatter } from "./paths.ts";
import { exponent } from "./exponent.ts";
import { periodicComponent } from "../../../src/numeric/fourier/periodic_component.ts";
import { largestSingularValue } from "./power_iteration.ts";
import { tellFromFields } from "./second_layer.ts";
import { analyse, littlewoodPaley1D, splineBank1D, splineLowPass, synthesise } from "./spline_filters.ts";
import { steepest, translationBound, translationDistances } from "./translation.ts";
import { combineModes, dilation, largestSingular, modes, rotation, warp } from "./warps.ts";

const side = 16;
const bank = splineBank.build({ height: side, width: side, J: 2, L: 3 });
const stream = (seed: number) => randomStream("test", seed);
const image = withoutMean(pinkNoise(side, stream(1)));

/** The image moved down by some rows. */
function shifted(map: Float64Array, rows: number): Float64Array {
  const length = Math.sqrt(map.length);
  return map.map((_, i) => map[((Math.floor(i / length) - rows + length) % length) * length + (i % length)]!);
}

Deno.test("scatter() has the norm of the reference transform", () => {
  const reference = referenceScattering(image, bank, 2, 1);
  const expected = Math.sqrt(reference.reduce((sum, map) => sum + inner(map, map), 0));
  assertAlmostEquals(norm(scatter(image, bank, 2)), expected, 1e-12 * expected);
});

Deno.test("LinearisedScattering is the derivative: finite differences approach it", () => {
  const derivative = new LinearisedScattering(image, bank, 2);
  const h = whiteNoise(side, stream(2));
  const expected = Math.sqrt(derivative.normal(h).squaredNorm);
  const step = 1e-6;
  const moved = distance(scatter(added(image, h, step), bank, 2), scatter(image, bank, 2)) / step;
  assertAlmostEquals(moved / expected, 1, 1e-3);
});

Deno.test("LinearisedScattering.normal() is symmetric, and its quadratic form the squared norm", () => {
  const derivative = new LinearisedScattering(image, bank, 2);
  const a = whiteNoise(side, stream(3));
  const b = whiteNoise(side, stream(4));
  const ofA = derivative.normal(a);
  const ofB = derivative.normal(b);
  assertAlmostEquals(inner(ofA.image, b), inner(a, ofB.image), 1e-9);
  assertAlmostEquals(inner(ofA.image, a), ofA.squaredNorm, 1e-9);
});

Deno.test("expansion() is 1 for a constant, and at most 1 for the spline frame", () => {
  assertAlmostEquals(expansion(image, image.map((value) => value + 0.3), bank, 2), 1, 1e-12);
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(1000), (a, b) => {
      assertLess(
        expansion(whiteNoise(side, stream(10 + a)), pinkNoise(side, stream(2000 + b)), bank, 2),
        1 + 1e-12,
      );
    }),
    { numRuns: 10 },
  );
});

Deno.test("largestSingularValue() never falls, and finds the largest of a matrix", () => {
  const squares = Float64Array.of(16, 9, 1, 0);
  const { value, trace, direction } = largestSingularValue(
    (h) => ({
      image: h.map((v, i) => squares[i]! * v),
      squaredNorm: h.reduce((sum, v, i) => sum + squares[i]! * v ** 2, 0),
    }),
    Float64Array.of(0.1, 1, 1, 1),
    60,
  );
  assertAlmostEquals(value, 4, 1e-9);
  assertAlmostEquals(Math.abs(direction[0]!), 1, 1e-9);
  trace.slice(1).forEach((later, i) => assertGreater(later, trace[i]! - 1e-12));
});

Deno.test("normErrors() vanish over all paths, and not over increasing ones", () => {
  for (const error of normErrors(image, bank, 2)) assertLess(error, 1e-13);
  assertGreater(missingFromIncreasing(image, bank, 1), 1e-6);
});

Deno.test("energiesLeft() is what a direct sum over paths leaves", () => {
  const [left] = energiesLeft(image, [2], 3);
  const root = inner(image, image);
  const kept = inner(scatter(image, bank, 0), scatter(image, bank, 0));
  assertAlmostEquals(left![1]!, 1 - kept / root, 1e-12);
  // A bank of fewer scales than the cascade has its own energies.
  assertAlmostEquals(energiesLeft(image, [1, 2, 3], 3)[1]![2]!, left![2]!, 1e-12);
});

Deno.test("translationDistances() are those of shifted images", () => {
  const { averaged } = translationDistances(image, [1, 2], [1, 3], 3);
  [1, 2].forEach((J, n) => {
    const ofJ = splineBank.build({ height: side, width: side, J, L: 3 });
    [1, 3].forEach((shift, s) => {
      const expected = distance(scatter(shifted(image, shift), ofJ, 2), scatter(image, ofJ, 2)) / norm(image);
      assertAlmostEquals(averaged[n]![s]!, expected, 1e-12);
    });
  });
});

Deno.test("translationBound() holds, and a wave at steepest() comes near to its share", () => {
  const { t, value } = steepest();
  assertAlmostEquals(t, 2.785, 1e-2);
  assertAlmostEquals(value, 2.584, 1e-3);
  const wave = planeWave(64, 7, 0);
  const { averaged } = translationDistances(wave, [2], [1], 3);
  const share = averaged[0]![0]! / translationBound(2, 1);
  assertLess(share, 3 ** -0.5 + 1e-9);
  assertGreater(share, 0.55);
});

Deno.test("warp() reads a wave where it is displaced to", () => {
  const wave = planeWave(32, 3, 2);
  for (const [name, tau] of [["dilation", dilation(32, 0.1)], ["rotation", rotation(32, 0.2)]] as const) {
    const warped = warp(wave, tau);
    warped.forEach((value, i) => {
      const row = Math.floor(i / 32) - tau.row[i]!;
      const column = (i % 32) - tau.column[i]!;
      assertAlmostEquals(value, Math.cos((2 * Math.PI * (3 * row + 2 * column)) / 32), 1e-6, name);
    });
  }
});

Deno.test("combineModes() scales to the largest gradient, rotation() to its norm", () => {
  const all = modes(2);
  const tau = combineModes(32, all, all.map((_, i) => Math.sin(i + 1)), 0.2);
  let largest = 0;
  for (let row = 0; row < 31; row++) {
    for (let column = 0; column < 31; column++) {
      const i = row * 32 + column;
      largest = Math.max(
        largest,
        largestSingular(
          tau.row[i + 32]! - tau.row[i]!,
          tau.row[i + 1]! - tau.row[i]!,
          tau.column[i + 32]! - tau.column[i]!,
          tau.column[i + 1]! - tau.column[i]!,
        ),
      );
    }
  }
  assertAlmostEquals(largest, 0.2, 0.01);
  const turn = rotation(32, 0.3);
  const i = 16 * 32 + 16;
  assertAlmostEquals(
    largestSingular(
      turn.row[i + 32]! - turn.row[i]!,
      turn.row[i + 1]! - turn.row[i]!,
      turn.column[i + 32]! - turn.column[i]!,
      turn.column[i + 1]! - turn.column[i]!,
    ),
    0.3,
    1e-12,
  );
});

Deno.test("prepareForWarps() leaves nothing near the border, fourierModulus() keeps the norm", () => {
  const prepared = prepareForWarps(withoutMean(pinkNoise(64, stream(5))));
  const border = prepared.filter((_, i) => Math.hypot(Math.floor(i / 64) - 32, (i % 64) - 32) > 26);
  assertLess(norm(border), 0.02 * norm(prepared));
  assertAlmostEquals(norm(fourierModulus(prepared)), norm(prepared), 1e-9 * norm(prepared));
});

Deno.test("readingMatrix() moves a signal by whole samples exactly", () => {
  const matrix = readingMatrix(new Float64Array(8).fill(3));
  for (let u = 0; u < 8; u++) {
    for (let k = 0; k < 8; k++) assertAlmostEquals(matrix[u * 8 + k]!, (u - 3 + 8) % 8 === k ? 1 : 0, 1e-12);
  }
});

Deno.test("applyWarp() has its adjoint, and normalOfCommutator() is symmetric", () => {
  const filters = waveletFilters(side, 2, 3);
  for (const name of torusWarps) {
    const matrices = warpMatrices(name, side, 0.2, stream(6));
    const a = whiteNoise(side, stream(7));
    const b = whiteNoise(side, stream(8));
    assertAlmostEquals(
      inner(applyWarp(matrices, a, false), b),
      inner(a, applyWarp(matrices, b, true)),
      1e-9,
      name,
    );
    const ofA = normalOfCommutator(a, filters, matrices);
    const ofB = normalOfCommutator(b, filters, matrices);
    assertAlmostEquals(inner(ofA.image, b), inner(a, ofB.image), 1e-8, name);
    assertAlmostEquals(inner(ofA.image, a), ofA.squaredNorm, 1e-8, name);
  }
});

Deno.test("commutatorNorm() vanishes for a translation", () => {
  const matrix = readingMatrix(new Float64Array(side).fill(2.5));
  const transposed = matrix.map((_, i) => matrix[(i % side) * side + Math.floor(i / side)]!);
  const warp = { down: null, right: Array.from({ length: side }, () => ({ matrix, transposed })) };
  const found = commutatorNorm(
    { side, filters: waveletFilters(side, 2, 3), warp, band: Math.PI / 2 },
    4,
    stream(9),
  );
  assertLess(found.value, 1e-12);
});

Deno.test("waveletFilters() and windowFilters() are tight frames", () => {
  for (const filters of [waveletFilters(side, 2, 6), windowFilters(side, 4)]) {
    for (const sum of frameSum(filters)) assertAlmostEquals(sum, 1, 1e-12);
  }
});

Deno.test("gaussianLike() has a spectrum on average, phasesLike() exactly", () => {
  const same = phasesLike(image, stream(11));
  assertAlmostEquals(norm(same), norm(image), 1e-9);
  const modulus = fourierModulus(image);
  fourierModulus(same).forEach((value, i) => assertAlmostEquals(value, modulus[i]!, 1e-9));
  const energies = Array.from({ length: 60 }, (_, n) => norm(gaussianLike(image, stream(100 + n))) ** 2);
  const average = energies.reduce((sum, value) => sum + value) / energies.length;
  assertAlmostEquals(average / norm(image) ** 2, 1, 0.3);
});

Deno.test("tellFromFields() tells a line drawing from fields, and a field of its own kind not", async () => {
  const lines = withoutMean(Float64Array.from({ length: 32 * 32 }, (_, i) => (i % 32) % 11 === 0 ? 1 : 0));
  const edges = await tellFromFields(lines, "phases", 12, 4, stream(12));
  const field = await tellFromFields(phasesLike(lines, stream(13)), "phases", 12, 4, stream(14));
  assertGreater(edges.rho[0], 3 * field.rho[0]);
});

Deno.test("exponent() is the slope of logarithms", () => {
  assertAlmostEquals(exponent([1, 2, 4, 8], [3, 12, 48, 192]).slope, 2, 1e-12);
});

Deno.test("periodicComponent() leaves a periodic image as it is but for its small jumps, and takes the jump from a ramp", () => {
  const ramp = Float64Array.from({ length: 256 }, (_, i) => i % 16);
  const periodic = periodicComponent(ramp);
  assertLess(Math.abs(periodic[15]! - periodic[0]!), 3);
  assertAlmostEquals(periodic.reduce((sum, v) => sum + v), ramp.reduce((sum, v) => sum + v), 1e-9);
});

Deno.test("splineLowPass() is a conjugate mirror filter", () => {
  for (let omega = -3; omega < 3; omega += 0.37) {
    assertAlmostEquals(splineLowPass(omega) ** 2 + splineLowPass(omega + Math.PI) ** 2, 2, 1e-12);
  }
});

Deno.test("synthesise() undoes analyse() for any signal and number of octaves", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 32, maxLength: 32 }),
      fc.integer({ min: 1, max: 5 }),
      (values, octaves) => {
        const signal = Float64Array.from(values);
        const coefficients = analyse(signal, octaves);
        assertAlmostEquals(distance(synthesise(coefficients), signal), 0, 1e-9);
        const energy = [...coefficients.details, coefficients.approximation].reduce(
          (sum, part) => sum + inner(part, part),
          0,
        );
        assertAlmostEquals(energy, inner(signal, signal), 1e-9 * (1 + inner(signal, signal)));
      },
    ),
  );
});

Deno.test("splineBank1D() is a tight frame", () => {
  for (const sum of littlewoodPaley1D(splineBank1D(64, 4))) assertAlmostEquals(sum, 1, 1e-12);
});
