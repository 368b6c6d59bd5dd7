/**
 * The mean of a rectifier along a direction of the plane, by quadrature of its definition over the plane.
 *
 * @module
 */
import { gaussLegendre } from "./gauss_legendre.ts";
import { normalDensity } from "./normal_distribution.ts";

/** A covariance of two variables. */
export interface PlaneCovariance {
  /** The deviations. */
  readonly deviations: readonly [first: number, second: number];
  /** The correlation, in (-1, 1). */
  readonly correlation: number;
}

/** A direction of the plane. */
export type Direction = readonly [first: number, second: number];

/** w Sigma w^T. */
export function varianceAlong(
  { deviations: [a, b], correlation }: PlaneCovariance,
  [v, w]: Direction,
): number {
  return (v * a) ** 2 + 2 * correlation * v * a * w * b + (w * b) ** 2;
}

/** The integrals end at this many deviations: the density there is 1e-32 of its peak. */
const reach = 12;

const rule = gaussLegendre(64);

/**
 * E max(w x, 0) of a Gaussian x of mean zero: over one variable given the other by a rule of Gauss and Legendre on either side of the kink, and over the other by the
 * trapezoid rule, which is exact but for exponentially small terms where the integrand is analytic and vanishes at both ends.
 */
export function rectifiedMean(
  { deviations: [a, b], correlation }: PlaneCovariance,
  [v, w]: Direction,
): number {
  const alone = Math.sqrt((1 - correlation) * (1 + correlation));
  // Along the outer variable the inner integral is a ramp whose corner is as round as the inner deviation: the rounder order is taken.
  const orders = [
    { slope: v * a + w * correlation * b, scale: w * b * alone },
    { slope: w * b + v * correlation * a, scale: v * a * alone },
  ];
  const roundness = ({ slope, scale }: typeof orders[number]) =>
    Math.abs(scale) / (Math.abs(slope) + Math.abs(scale));
  const { slope, scale } = orders.reduce((x, y) => roundness(x) >= roundness(y) ? x : y);
  const steps = Math.ceil(2 * reach / (0.2 * roundness({ slope, scale })));
  const step = 2 * reach / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const u = -reach + i * step;
    sum += normalDensity(u) * rampMean(slope * u, scale);
  }
  return sum * step;
}

/** E max(centre + scale t, 0) of a standard normal t, by quadrature between the kink and the end of its reach. */
function rampMean(centre: number, scale: number): number {
  const kink = -centre / scale;
  const from = scale > 0 ? Math.max(-reach, kink) : -reach;
  const to = scale > 0 ? reach : Math.min(reach, kink);
  if (from >= to) return 0;
  const half = (to - from) / 2;
  let sum = 0;
  for (const [i, node] of rule.nodes.entries()) {
    const t = from + half * (1 + node);
    sum += rule.weights[i]! * (centre + scale * t) * normalDensity(t);
  }
  return sum * half;
}

/** |(2 pi)^(1/2) E max(w x, 0) / (w Sigma w^T)^(1/2) - 1| of a mean and a variance. */
export function identityError(mean: number, variance: number): number {
  return Math.abs(Math.sqrt(2 * Math.PI) * mean / Math.sqrt(variance) - 1);
}

/** What was found of the identity. */
export interface IdentityErrors {
  /** The largest relative error of correlated Gaussians. */
  readonly gaussian: number;
  /** Of mixtures of two of them. */
  readonly mixture: number;
  /** Of uniform distributions on ellipses. */
  readonly uniform: number;
  /** Of a Gaussian whose mean is one deviation away from zero. */
  readonly mean: number;
}

const correlations = [-0.999, -0.99, -0.9, -0.5, 0, 0.5, 0.9, 0.99, 0.999];
const ratios = [1, 3, 30];

/** How many directions of a half turn and of the other are tried. */
const directions = 24;

/** The largest errors over covariances of conditions up to 10^6 and all directions, that of the least variance among them. */
export function worstIdentityErrors(): IdentityErrors {
  const covariances = correlations.flatMap((correlation) =>
    ratios.map((ratio): PlaneCovariance => ({ deviations: [1, ratio], correlation }))
  );
  let gaussian = 0;
  let mixture = 0;
  let uniform = 0;
  for (const covariance of covariances) {
    for (const direction of directionsOf(covariance)) {
      const variance = varianceAlong(covariance, direction);
      const mean = rectifiedMean(covariance, direction);
      gaussian = Math.max(gaussian, identityError(mean, variance));
      // The other class: independent variables of deviation 1.
      const round: PlaneCovariance = { deviations: [1, 1], correlation: 0 };
      mixture = Math.max(
        mixture,
        identityError(
          (mean + rectifiedMean(round, direction)) / 2,
          (variance + varianceAlong(round, direction)) / 2,
        ),
      );
      uniform = Math.max(uniform, identityError(rectifiedMeanOfEllipse(variance), variance));
    }
  }
  return { gaussian, mixture, uniform, mean: identityError(rampMean(1, 1), 1) };
}

function directionsOf({ deviations: [a, b], correlation }: PlaneCovariance): Direction[] {
  const turn = Array.from({ length: directions }, (_, i): Direction => {
    const angle = 2 * Math.PI * (i + 0.5) / directions;
    return [Math.cos(angle), Math.sin(angle)];
  });
  // Across the long axis of the ellipse, where variances cancel.
  const least = Math.atan2(2 * correlation * a * b, a * a - b * b) / 2 + Math.PI / 2;
  return [...turn, [Math.cos(least), Math.sin(least)]];
}

/**
 * E max(u, 0) of u along any direction of a uniform distribution on an ellipse: its density over [-R, R] is a half ellipse, R^2 four times the
 * variance. By quadrature of u = R sin(t), so that the ends are smooth.
 */
function rectifiedMeanOfEllipse(variance: number): number {
  const radius = 2 * Math.sqrt(variance);
  const quarter = Math.PI / 4;
  let sum = 0;
  for (const [i, node] of rule.nodes.entries()) {
    const t = quarter * (1 + node);
    sum += rule.weights[i]! * Math.sin(t) * Math.cos(t) ** 2;
  }
  return sum * quarter * 2 * radius / Math.PI;
}
