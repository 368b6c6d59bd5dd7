import type { Profiles } from "../../src/suite/reproduction.ts";

/** What a profile decides; its seeds are the placements of every cartoon. */
export interface Settings {
  /** Pixels of a side of the cartoons, a power of two: for the bases, and for the curvelets and what is compared with them. */
  readonly side: { readonly bases: number; readonly curvelets: number };
  /** How many of the placements are measured in curvelets. */
  readonly curveletPlacements: number;
  /** The side of the image that the atoms and the tightness of the frame are shown on. */
  readonly frameSide: number;
  /** Pixels of a side of the photographs. */
  readonly photographSide: number;
  /** How many photographs of COCO are read beside those of `images`. */
  readonly cocoPhotographs: number;
  /** How many dead-leaves images stand in for photographs. */
  readonly standIns: number;
}

/** Every knob of every profile. */
export const profiles: Profiles<Settings> = {
  smoke: {
    seeds: 1,
    minutes: 0.1,
    curveletPlacements: 1,
    side: { bases: 256, curvelets: 256 },
    frameSide: 64,
    photographSide: 64,
    cocoPhotographs: 0,
    standIns: 2,
  },
  standard: {
    seeds: 8,
    minutes: 0.25,
    curveletPlacements: 2,
    side: { bases: 512, curvelets: 1024 },
    frameSide: 256,
    photographSide: 256,
    cocoPhotographs: 0,
    standIns: 8,
  },
  full: {
    seeds: 8,
    minutes: 6,
    curveletPlacements: 4,
    side: { bases: 2048, curvelets: 2048 },
    frameSide: 512,
    photographSide: 256,
    cocoPhotographs: 128,
    standIns: 8,
  },
};
