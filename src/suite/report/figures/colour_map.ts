/** A colour: red, green and blue in 0..255. */
export type Rgb = readonly [number, number, number];

/** A colour for each value in [0, 1]. */
export type ColourMap = (value: number) => Rgb;

/** Black to white. */
export const grey: ColourMap = ramp([[0, 0, 0], [255, 255, 255]]);

/** White to dark blue: ColorBrewer's Blues (Harrower and Brewer 2003), whose lightness falls evenly. */
export const sequential: ColourMap = ramp([
  [247, 251, 255],
  [198, 219, 239],
  [107, 174, 214],
  [33, 113, 181],
  [8, 48, 107],
]);

/** Blue over near-white at 0.5 to red: ColorBrewer's RdBu, safe for colour-blind readers. */
export const diverging: ColourMap = ramp([
  [33, 102, 172],
  [146, 197, 222],
  [247, 247, 247],
  [244, 165, 130],
  [178, 24, 43],
]);

function ramp(stops: readonly Rgb[]): ColourMap {
  return (value) => {
    const at = Math.max(0, Math.min(1, value)) * (stops.length - 1);
    const i = Math.min(Math.floor(at), stops.length - 2);
    const mix = (channel: 0 | 1 | 2) =>
      Math.round(stops[i]![channel] + (at - i) * (stops[i + 1]![channel] - stops[i]![channel]));
    return [mix(0), mix(1), mix(2)];
  };
}

/**
 * The channels of a colour that is written as `#rrggbb`.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(hexToRgb("#08306b"), [8, 48, 107]);
 * ```
 */
export function hexToRgb(colour: string): Rgb {
  const channel = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}

/**
 * A colour as CSS writes it.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(hexColour(sequential(1)), "#08306b");
 * ```
 */
export function hexColour([red, green, blue]: Rgb): string {
  return `#${[red, green, blue].map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
