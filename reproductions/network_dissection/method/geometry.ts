import type { Cells } from "./unit_masks.ts";

/** Where the cells of a stage of SqueezeNet lie in its input of 227x227 pixels, and how many pixels each depends on. */
export interface StageGeometry extends Cells {
  /** Pixels of a side that a cell depends on. */
  readonly field: number;
}

/** By the names of the stages; windows of 7, 3 and 3 pixels are not padded, those of fire modules are. */
export const squeezeNetGeometry: Readonly<Record<string, StageGeometry>> = {
  conv1: { first: 3, step: 2, field: 7 },
  fire3: { first: 5, step: 4, field: 27 },
  fire5: { first: 9, step: 8, field: 59 },
  fire7: { first: 9, step: 8, field: 91 },
  fire9: { first: 17, step: 16, field: 155 },
};
