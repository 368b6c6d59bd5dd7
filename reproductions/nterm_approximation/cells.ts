import type { SmoothEdge } from "./method/cartoons.ts";
import type { BasisName, CountedSystem } from "./run.ts";

/** The rate of a basis on one curve. */
export function rateCell(basis: Exclude<BasisName, "db4">, edge: SmoothEdge): string {
  return `rate/${basis}/${edge}`;
}

/** The law by which the coefficients of a scale are counted. */
export function countCell(system: CountedSystem, edge: SmoothEdge): string {
  return `count/${system}/${edge}`;
}

/** The rate of a basis on a control. */
export function controlRateCell(basis: BasisName, control: "koch" | "smooth"): string {
  return `control/rate/${basis}/${control}`;
}

/** The counts of a system on the Koch curve. */
export function controlCountCell(system: CountedSystem): string {
  return `control/count/${system}/koch`;
}

/** The cells of which there is one. */
export const cells = {
  rateOfDb4: "rate/db4",
  rateOfCurvelets: "rate/curvelets",
  db4Steepens: "order/rate/db4/side-quarter",
  curveletsSteepen: "order/rate/curvelets/late-early",
  curveletsAgainstDb2: "order/rate/curvelets-db2",
  haarBelowFourier: "order/error/cartoons/haar-fourier",
  curveletsBelowDb2: "order/error/cartoons/curvelets-db2",
  crossing: "curvelets/crossing",
  tightness: "curvelets/tightness",
  reconstruction: "curvelets/reconstruction",
  beyondWindow: "control/window/haar",
  cartoonsBelowPhotographs: "order/rate/db2/cartoons-photographs",
  photographRates: "order/rate/photographs/db2-fourier",
  photographErrors: "order/error/photographs/db2-fourier",
  photographMoments: "order/error/photographs/db2-haar",
} as const;
