/**
 * An image from its scattering coefficients, as kymatio shows it: the table of src/scattering/README.md. From the folder of the data set
 * `images` it takes camera.png, each 8 x 8 pixels averaged, or another grey PNG file:
 * `deno run -A benches/scattering_inversion.ts [FILE]`.
 *
 * @module
 */
import { readPng } from "../src/data/readers/images/read_png.ts";
import { randomStream } from "../src/numeric/random/random_stream.ts";
import { invertScattering } from "../src/scattering/invert_scattering.ts";
import { Scattering2D } from "../src/scattering/scattering_2d.ts";

const SIDE = 64;
const SHOWN = [0, 10, 30, 100, 300, 1000];

const file = Deno.args[0] ?? `${Deno.env.get("REPRODUCE_DATA") ?? "data"}/images/camera.png`;
const { width, height, rgba } = readPng(Deno.readFileSync(file));
const factor = Math.floor(Math.min(width, height) / SIDE);
/** Grey values from 0 to 1. */
const image = Float64Array.from({ length: SIDE ** 2 }, (_, i) => {
  let sum = 0;
  for (let n = 0; n < factor ** 2; n++) {
    const row = Math.floor(i / SIDE) * factor + Math.floor(n / factor);
    sum += rgba[(row * width + (i % SIDE) * factor + n % factor) * 4]!;
  }
  return sum / factor ** 2 / 255;
});
const stream = randomStream("inversion", 0);
const start = image.map(() => 0.5 + 0.1 * stream.normal());

for (const [J, maxOrder] of [[1, 2], [2, 1], [2, 2], [3, 1], [3, 2]] as const) {
  using scattering = new Scattering2D({ J, maxOrder, shape: [SIDE, SIDE] });
  const coefficients = await scattering.transform(image);
  const began = performance.now();
  const cells: string[] = [];
  await invertScattering(scattering, coefficients, start, {
    iterations: SHOWN.at(-1)!,
    onIteration: (iteration, error, found) => {
      if (!SHOWN.includes(iteration)) return;
      const meanSquare = found.reduce((sum, value, i) => sum + (value - image[i]!) ** 2, 0) / image.length;
      cells.push(`${(-10 * Math.log10(meanSquare)).toFixed(1)} / ${error.toExponential(0)}`);
    },
  });
  const seconds = ((performance.now() - began) / 1e3).toFixed(1);
  Deno.stdout.writeSync(
    new TextEncoder().encode(
      `| ${[J, maxOrder, coefficients.length, ...cells, `${seconds} s`].join(" | ")} |\n`,
    ),
  );
}
