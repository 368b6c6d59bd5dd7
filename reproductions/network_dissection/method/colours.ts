/**
 * Colours as concepts: the name of each pixel's colour.
 *
 * @module
 */
import { power } from "../../../src/numeric/linalg/power.ts";

/** The eleven basic colours of English (Berlin and Kay), by typical sRGB values. */
export const basicColours: readonly {
  readonly name: string;
  readonly rgb: readonly [number, number, number];
}[] = [
  { name: "black", rgb: [10, 10, 10] },
  { name: "white", rgb: [245, 245, 245] },
  { name: "grey", rgb: [128, 128, 128] },
  { name: "red", rgb: [200, 30, 30] },
  { name: "green", rgb: [40, 130, 50] },
  { name: "blue", rgb: [40, 80, 190] },
  { name: "yellow", rgb: [235, 210, 50] },
  { name: "orange", rgb: [235, 135, 40] },
  { name: "purple", rgb: [120, 50, 150] },
  { name: "pink", rgb: [240, 160, 180] },
  { name: "brown", rgb: [110, 70, 40] },
];

/** The light of each sample of sRGB. */
const intensity = Float64Array.from({ length: 256 }, (_, sample) => {
  const value = sample / 255;
  return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055, 2.4);
});

/** CIE 15: the cube root is a line below the cube of this. */
const knee = 6 / 29;
const linearBelow = knee * knee * knee;

/**
 * CIE L*a*b* of an sRGB colour under D65 (IEC 61966-2-1).
 *
 * @param rgb Samples of 0..255, rounded.
 */
export function labOf([r, g, b]: readonly [number, number, number]): [number, number, number] {
  const [red, green, blue] = [r, g, b].map((sample) => intensity[Math.round(sample)]!) as [
    number,
    number,
    number,
  ];
  const x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505;
  const y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089;
  const [fx, fy, fz] = [x, y, z].map((t) =>
    t > linearBelow ? Math.cbrt(t) : t / (3 * knee * knee) + 4 / 29
  ) as [number, number, number];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

const prototypes = basicColours.map(({ rgb }) => labOf(rgb));

/** The number of the basic colour nearest to an sRGB colour in L*a*b*. */
export function nearestColour(rgb: readonly [number, number, number]): number {
  const lab = labOf(rgb);
  let nearest = 0;
  let least = Infinity;
  prototypes.forEach((prototype, i) => {
    const distance = prototype.reduce((sum, value, k) => sum + (value - lab[k]!) ** 2, 0);
    if (distance < least) [nearest, least] = [i, distance];
  });
  return nearest;
}
