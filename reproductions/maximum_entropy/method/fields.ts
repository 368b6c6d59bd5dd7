/**
 * The fields that models are made of: what is simulated, and how pictures become fields.
 *
 * @module
 */
import { periodicComponent } from "../../../src/numeric/fourier/periodic_component.ts";
import type { RandomStream } from "../../../src/numeric/random/random_stream.ts";
import { gaussianField } from "../../../src/physics/gaussian_field.ts";
import { criticalIsing } from "../../../src/physics/ising.ts";
import { logNormalField } from "../../../src/physics/log_normal.ts";
import { decayingTurbulence } from "../../../src/physics/turbulence.ts";
import { zeldovichDensity } from "../../../src/physics/zeldovich.ts";

/** The fields that are simulated. */
export const simulatedFields = ["turbulence", "zeldovich", "ising"] as const;

/** The name of one. */
export type SimulatedField = typeof simulatedFields[number];

/** The processes whose statistics are watched as the side grows. */
export const processes = [
  "white",
  "log-normal",
  "zeldovich-short",
  "zeldovich-long",
  "ising",
  "turbulence",
] as const;

/** The name of one. */
export type ProcessName = typeof processes[number];

/** Cutoffs are so many pixels long. */
const cutoffPixels = 8;
/** The displacement of particles, in pixels. */
const displacement = 2;

const simulations: Readonly<
  Record<ProcessName | "zeldovich", (N: number, stream: RandomStream) => Float64Array>
> = {
  white: (N, stream) => Float64Array.from({ length: N * N }, () => stream.normal()),
  "log-normal": (N, stream) => logNormalField({ N, cutoff: N / cutoffPixels, deviation: 1 }, stream),
  zeldovich: (N, stream) => zeldovichDensity({ N, n: 1, cutoff: N / cutoffPixels, displacement }, stream),
  "zeldovich-short": (N, stream) =>
    zeldovichDensity({ N, n: -2, cutoff: N / cutoffPixels, displacement }, stream),
  "zeldovich-long": (N, stream) =>
    zeldovichDensity({ N, n: 1, cutoff: N / cutoffPixels, displacement }, stream),
  ising: criticalIsing,
  turbulence: (N, stream) => decayingTurbulence(flow(N), stream).end.vorticity,
};

/**
 * The flow of a side: in units of pixels and of the turnover time of the start the same at every side, so that a larger one holds more of the same vortices.
 */
function flow(N: number) {
  const scale = 64 / N;
  return { N, k0: 4 / scale, viscosity: 1.6e-5 * scale * scale * scale, time: 8 * scale };
}

/** Simulates a field of zero mean and variance 1, or the spins as they are. */
export function simulate(name: ProcessName | SimulatedField, N: number, stream: RandomStream): Float64Array {
  const field = simulations[name](N, stream);
  return name === "ising" || name === "white" ? field : standardised(field);
}

/** The field less its mean, over its deviation. */
export function standardised(field: Float64Array): Float64Array {
  const mean = field.reduce((sum, value) => sum + value, 0) / field.length;
  const variance = field.reduce((sum, value) => sum + (value - mean) ** 2, 0) / field.length;
  return field.map((value) => (value - mean) / Math.sqrt(variance));
}

/** Means over 2 x 2 pixels. */
export function halved(field: Float64Array, side: number): Float64Array {
  const half = side / 2;
  return Float64Array.from({ length: half * half }, (_, i) => {
    const at = 2 * Math.floor(i / half) * side + 2 * (i % half);
    return (field[at]! + field[at + 1]! + field[at + side]! + field[at + side + 1]!) / 4;
  });
}

/** A square of a larger one. */
export function crop(
  field: Float64Array,
  side: number,
  top: number,
  left: number,
  size: number,
): Float64Array {
  return Float64Array.from(
    { length: size * size },
    (_, i) => field[(top + Math.floor(i / size)) * side + left + i % size]!,
  );
}

/** A square of a photograph of a texture as a periodic field of half its side. */
export function textureField(square: Float64Array, side: number): Float64Array {
  return standardised(halved(periodicComponent(square), side));
}

/** A field with the sides of a stand-in: Gaussian with a spectrum of k^-2, cubed so that it is not Gaussian. */
export function standInField(N: number, stream: RandomStream): Float64Array {
  return standardised(
    gaussianField(N, (k) => 1 / k, stream, 1).map((value) => value + value * value * value),
  );
}
