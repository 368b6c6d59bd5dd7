import type { NetworkName } from "../../src/pretrained/sources/network_source.ts";
import type { Profiles } from "../../src/suite/reproduction.ts";

/** How much a profile computes. */
export interface Settings {
  /** Photographs of each class that maps are compared on. */
  readonly compared: number;
  /** Pairs of photographs that networks point at, for each seed. */
  readonly pointed: Readonly<Record<NetworkName, number>>;
  /** Pairs that are covered, for each seed. */
  readonly occluded: Readonly<Record<NetworkName, number>>;
  /** Random vectors of the adjoint. */
  readonly vectors: number;
  /** What is sought that excites units: photographs of each class, units of each layer, pictures of each unit. */
  readonly excited: { readonly imagesPerClass: number; readonly units: number; readonly pictures: number };
  /** What is synthesised where a data set is not at hand. */
  readonly standIns: { readonly classes: number; readonly photographs: number; readonly side: number };
}

const standard: Settings = {
  compared: 1,
  pointed: { squeezenet: 50, mobilenet: 200 },
  occluded: { squeezenet: 12, mobilenet: 24 },
  vectors: 2,
  excited: { imagesPerClass: 6, units: 3, pictures: 4 },
  standIns: { classes: 4, photographs: 4, side: 96 },
};

/** Every knob of every profile. Seeds sample pairs of photographs, and permute weights. */
export const profiles: Profiles<Settings> = {
  smoke: {
    seeds: 1,
    minutes: 0.2,
    compared: 1,
    pointed: { squeezenet: 2, mobilenet: 2 },
    occluded: { squeezenet: 1, mobilenet: 1 },
    vectors: 1,
    excited: { imagesPerClass: 1, units: 1, pictures: 2 },
    standIns: { classes: 3, photographs: 2, side: 96 },
  },
  standard: { ...standard, seeds: 1, minutes: 2 },
  full: {
    ...standard,
    seeds: 3,
    minutes: 25,
    compared: 5,
    occluded: { squeezenet: 25, mobilenet: 100 },
    excited: { imagesPerClass: 30, units: 3, pictures: 4 },
  },
};
