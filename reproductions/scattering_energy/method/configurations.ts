import type { NestedBank } from "../../../src/scattering/banks/wavelet_bank.ts";
import { dilatedSplineBank } from "../../../src/scattering/banks/spline_bank.ts";
import type { ImageEnergies } from "./image_energies.ts";
import { type PreparationName, preparations } from "./preparations.ts";

/** The dilations of the frame among which the experiment chooses, in octaves. */
const dilations = { "q = log2(4/3)": Math.log2(4 / 3), "q = log2(3/2)": Math.log2(3 / 2) } as const;

/** The name of a configuration. */
export type ConfigurationName = `${keyof typeof dilations}, ${PreparationName}`;

/** A frame, and how photographs are prepared for it. */
export interface Configuration {
  /** What it is called. */
  readonly name: ConfigurationName;
  /** The frame. */
  readonly bank: NestedBank;
  /** How photographs are prepared. */
  readonly preparation: PreparationName;
}

/** The energies of the images of a class, in each configuration. */
export type ConfigurationEnergies = Readonly<Record<ConfigurationName, readonly ImageEnergies[]>>;

/** Everything among which the experiment chooses. */
export const configurations: readonly Configuration[] = keysOf(dilations).flatMap((dilation) => {
  const bank = dilatedSplineBank(dilations[dilation]);
  return keysOf(preparations).map((preparation): Configuration => ({
    name: `${dilation}, ${preparation}`,
    bank,
    preparation,
  }));
});

function keysOf<T extends object>(table: T): (keyof T & string)[] {
  return Object.keys(table) as (keyof T & string)[];
}
