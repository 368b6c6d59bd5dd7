/**
 * Decaying turbulence in two dimensions.
 *
 * @module
 */
import { Fft2 } from "../numeric/fourier/fft2.ts";
import type { RandomStream } from "../numeric/random/random_stream.ts";
import { cycles, gaussianSpectrum, type Spectrum } from "./gaussian_field.ts";

/** What is simulated, on a torus of side 2 pi. */
export interface TurbulenceOptions {
  /** Grid points of a side. */
  readonly N: number;
  /** The energy of the start is spread over wave numbers as k / (1 + (k / k0)^4). */
  readonly k0: number;
  /** The factor of the squared Laplacian that damps small scales. */
  readonly viscosity: number;
  /** How long it decays. */
  readonly time: number;
}

/** A moment of a flow. */
export interface FlowState {
  /** The vorticity, `(N, N)`. */
  readonly vorticity: Float64Array;
  /** Half the mean square of the velocity. */
  readonly energy: number;
  /** Half the mean square of the vorticity. */
  readonly enstrophy: number;
  /** How long it has decayed. */
  readonly time: number;
}

/** The energy of the start. */
const startEnergy = 0.5;

/** A step takes the fastest point this share of the distance of two grid points. */
const courantNumber = 0.5;

/**
 * Simulates omega_t + u.grad omega = -nu laplace^2 omega, with div u = 0 and curl u = omega: pseudospectral, frequencies beyond N / 3 left out, Runge and
 * Kutta's fourth order with the damping as an integrating factor.
 *
 * @param options The flow.
 * @param stream Where the start comes from.
 * @returns The start, and the end.
 *
 * @example Usage
 * ```ts
 * import { assert } from "@std/assert";
 * import { randomStream } from "../numeric/random/random_stream.ts";
 *
 * const { start, end } = decayingTurbulence({ N: 16, k0: 2, viscosity: 1e-3, time: 0.1 }, randomStream("example", 0));
 * assert(end.enstrophy < start.enstrophy);
 * ```
 */
export function decayingTurbulence(
  { N, k0, viscosity, time }: TurbulenceOptions,
  stream: RandomStream,
): { readonly start: FlowState; readonly end: FlowState } {
  const flow = new Flow(N, startingVorticity(N, k0, stream), viscosity);
  const start = flow.state();
  while (flow.time < time) flow.step(time);
  return { start, end: flow.state() };
}

/** A spectrum of vorticity whose energy is spread as asked. */
function startingVorticity(N: number, k0: number, stream: RandomStream): Spectrum {
  // The energy of a ring is that of a frequency, |omega|^2 / (2 k^2), times 2 pi k.
  const spectrum = gaussianSpectrum(N, (k, k1, k2) => {
    if (!isKept(k1, k2, N)) return 0;
    const quartic = (k / k0) * (k / k0) * (k / k0) * (k / k0);
    return k / Math.sqrt(1 + quartic);
  }, stream);
  let energy = 0;
  forFrequencies(N, (i, k1, k2) => {
    const squared = k1 * k1 + k2 * k2;
    if (squared > 0) energy += (spectrum.re[i]! ** 2 + spectrum.im[i]! ** 2) / (2 * squared * N ** 4);
  });
  const scale = Math.sqrt(startEnergy / energy);
  return { re: spectrum.re.map((value) => value * scale), im: spectrum.im.map((value) => value * scale) };
}

/** Whether a frequency is below two thirds of the largest one, along each axis. */
function isKept(k1: number, k2: number, N: number): boolean {
  return 3 * Math.abs(k1) < N && 3 * Math.abs(k2) < N;
}

function forFrequencies(N: number, visit: (i: number, k1: number, k2: number) => void): void {
  let i = 0;
  for (let u = 0; u < N; u++) {
    for (let v = 0; v < N; v++, i++) visit(i, cycles(u, N), cycles(v, N));
  }
}

/** A flow under way. */
class Flow {
  time = 0;
  readonly #N: number;
  readonly #fft: Fft2;
  readonly #spectrum: Spectrum;
  readonly #damping: Float64Array;
  readonly #decay: Float64Array;
  /** Per frequency: k1, k2 and 1 / k^2, 0 where it is left out. */
  readonly #k1: Float64Array;
  readonly #k2: Float64Array;
  readonly #inverse: Float64Array;
  readonly #work: Readonly<Record<"velocity" | "gradient" | "stage" | "slope" | "sum", Spectrum>>;
  /** The largest speed when the slope was last computed. */
  #speed = 0;

  constructor(N: number, spectrum: Spectrum, viscosity: number) {
    this.#N = N;
    this.#fft = new Fft2(N, N);
    this.#spectrum = spectrum;
    const plane = () => new Float64Array(N * N);
    this.#damping = plane();
    this.#decay = plane();
    this.#k1 = plane();
    this.#k2 = plane();
    this.#inverse = plane();
    forFrequencies(N, (i, k1, k2) => {
      const squared = k1 * k1 + k2 * k2;
      this.#damping[i] = viscosity * squared * squared;
      if (squared === 0 || !isKept(k1, k2, N)) return;
      this.#k1[i] = k1;
      this.#k2[i] = k2;
      this.#inverse[i] = 1 / squared;
    });
    const complex = () => ({ re: plane(), im: plane() });
    this.#work = {
      velocity: complex(),
      gradient: complex(),
      stage: complex(),
      slope: complex(),
      sum: complex(),
    };
  }

  /** -u.grad omega of a spectrum of vorticity, into `slope`. */
  #advect(omega: Spectrum): void {
    const { velocity, gradient, slope } = this.#work;
    const size = this.#N ** 2;
    for (let i = 0; i < size; i++) {
      const re = omega.re[i]!;
      const im = omega.im[i]!;
      const k1 = this.#k1[i]!;
      const k2 = this.#k2[i]!;
      const inverse = this.#inverse[i]!;
      // u = (-d_2, d_1) laplace^-1 omega = i (k2, -k1) omega / k^2; two real fields in one complex transform.
      velocity.re[i] = (-k2 * im + k1 * re) * inverse;
      velocity.im[i] = (k2 * re + k1 * im) * inverse;
      gradient.re[i] = -k1 * im - k2 * re;
      gradient.im[i] = k1 * re - k2 * im;
    }
    this.#fft.inverse(velocity.re, velocity.im);
    this.#fft.inverse(gradient.re, gradient.im);
    let fastest = 0;
    for (let i = 0; i < size; i++) {
      const u1 = velocity.re[i]!;
      const u2 = velocity.im[i]!;
      fastest = Math.max(fastest, u1 * u1 + u2 * u2);
      slope.re[i] = -(u1 * gradient.re[i]! + u2 * gradient.im[i]!);
      slope.im[i] = 0;
    }
    this.#speed = Math.sqrt(fastest);
    this.#fft.forward(slope.re, slope.im);
    for (let i = 0; i < size; i++) {
      if (this.#inverse[i] !== 0) continue;
      slope.re[i] = 0;
      slope.im[i] = 0;
    }
  }

  /** One step, which ends at `until` at the latest. */
  step(until: number): void {
    const { stage, slope, sum } = this.#work;
    const omega = this.#spectrum;
    const size = this.#N ** 2;
    this.#advect(omega);
    const longest = courantNumber * 2 * Math.PI / (this.#N * this.#speed);
    const isLast = this.time + longest >= until;
    const dt = isLast ? until - this.time : longest;
    // Half a step's damping.
    for (let i = 0; i < size; i++) this.#decay[i] = Math.exp(-this.#damping[i]! * dt / 2);
    for (const half of [0, 1, 2, 3]) {
      if (half > 0) this.#advect(stage);
      for (let i = 0; i < size; i++) {
        const decay = this.#decay[i]!;
        const re = slope.re[i]! * dt;
        const im = slope.im[i]! * dt;
        if (half === 0) {
          sum.re[i] = decay * decay * (omega.re[i]! + re / 6);
          sum.im[i] = decay * decay * (omega.im[i]! + im / 6);
          stage.re[i] = decay * (omega.re[i]! + re / 2);
          stage.im[i] = decay * (omega.im[i]! + im / 2);
        } else if (half === 1) {
          sum.re[i]! += decay * re / 3;
          sum.im[i]! += decay * im / 3;
          stage.re[i] = decay * omega.re[i]! + re / 2;
          stage.im[i] = decay * omega.im[i]! + im / 2;
        } else if (half === 2) {
          sum.re[i]! += decay * re / 3;
          sum.im[i]! += decay * im / 3;
          stage.re[i] = decay * (decay * omega.re[i]! + re);
          stage.im[i] = decay * (decay * omega.im[i]! + im);
        } else {
          omega.re[i] = sum.re[i]! + re / 6;
          omega.im[i] = sum.im[i]! + im / 6;
        }
      }
    }
    this.time = isLast ? until : this.time + dt;
  }

  /** The flow as it is. */
  state(): FlowState {
    const { N, re, im } = { N: this.#N, re: this.#spectrum.re.slice(), im: this.#spectrum.im.slice() };
    let energy = 0;
    let enstrophy = 0;
    for (let i = 0; i < re.length; i++) {
      const squared = (re[i]! ** 2 + im[i]! ** 2) / (2 * N ** 4);
      enstrophy += squared;
      energy += squared * this.#inverse[i]!;
    }
    this.#fft.inverse(re, im);
    return { vorticity: re, energy, enstrophy, time: this.time };
  }
}
