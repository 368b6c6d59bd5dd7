/**
 * The scattering engine: throughput by size, batch and threads, construction, energies, and the same transform
 * in plain TypeScript over fft.js. Times are of a whole batch.
 *
 * @module
 */
import { assertAlmostEquals } from "@std/assert";
import { kymatioBank } from "../src/scattering/banks/kymatio_bank.ts";
import { Scattering2D } from "../src/scattering/scattering_2d.ts";
import { ScatteringEnergies } from "../src/scattering/energy/scattering_energies.ts";
import { fftJsScattering } from "./fft_js_scattering.ts";

const threadNumbers = [...new Set([1, navigator.hardwareConcurrency])];

/** Side, J, and the images of a batch; a colour image counts as three. */
const cases: [label: string, side: number, J: number, images: number][] = [
  ["32x32, J=3, batch 64", 32, 3, 64],
  ["32x32, J=3, batch 1", 32, 3, 1],
  ["28x28, J=2, batch 64", 28, 2, 64],
  ["28x28, J=2, batch 1", 28, 2, 1],
  ["32x32x3, J=2, batch 64", 32, 2, 3 * 64],
  ["32x32x3, J=2, batch 1", 32, 2, 3],
  ["64x64, J=4, batch 64", 64, 4, 64],
  ["64x64, J=4, batch 1", 64, 4, 1],
  ["256x256, J=5, batch 4", 256, 5, 4],
  ["256x256, J=5, batch 1", 256, 5, 1],
];

function waves(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => Math.sin(i * i));
}

/** One bench for each number of threads. What `prepare` makes is kept for all iterations, and warm. */
function benchThreads(
  group: string,
  prepare: (threads: number) => { run: () => Promise<unknown>; dispose: () => void },
): void {
  for (const threads of threadNumbers) {
    let prepared: ReturnType<typeof prepare> | undefined;
    Deno.bench({ name: `${group}, threads ${threads}`, group, baseline: threads === 1 }, async (timer) => {
      if (prepared === undefined) {
        prepared = prepare(threads);
        for (let i = 0; i < 3; i++) await prepared.run();
        globalThis.addEventListener("unload", prepared.dispose);
      }
      timer.start();
      await prepared.run();
      timer.end();
    });
  }
}

for (const [label, side, J, images] of cases) {
  benchThreads(label, (threads) => {
    const scattering = new Scattering2D({ J, shape: [side, side], threads });
    const batch = Float32Array.from(waves(images * side * side));
    return { run: () => scattering.transform(batch), dispose: () => scattering.dispose() };
  });
}

benchThreads("energies of 128x128, J=7, m<=3, 2 images in float64", (threads) => {
  const options = { height: 128, width: 128, J: 7, L: 6, maxOrder: 3, threads };
  const energies = new ScatteringEnergies(options);
  const batch = waves(2 * 128 ** 2);
  return { run: () => energies.measure(batch), dispose: () => energies.dispose() };
});

{
  const group = "32x32, periodic, J=3, one image in float64";
  const image = waves(1024);
  const plain = fftJsScattering(32, 3, 8);
  using check = new Scattering2D({ J: 3, shape: [32, 32], boundary: "periodic", threads: 1 });
  const expected = plain(image);
  const found = await check.transform(image);
  expected.forEach((value, i) => assertAlmostEquals(found[i]!, value, 1e-12));
  Deno.bench({ name: "TypeScript over fft.js", group, baseline: true }, () => {
    plain(image);
  });
  const scattering = new Scattering2D({ J: 3, shape: [32, 32], boundary: "periodic", threads: 1 });
  Deno.bench({ name: "the engine, one thread", group }, async () => {
    await scattering.transform(image);
  });
  Deno.bench({ name: "the engine, one thread, 4 images in float32", group }, async () => {
    await scattering.transform(Float32Array.from([...image, ...image, ...image, ...image]));
  });
}

for (const [side, J] of [[48, 3], [320, 5]] as const) {
  Deno.bench({ name: `kymatio filters on ${side}x${side}, J=${J}`, group: "construction", n: 3 }, () => {
    kymatioBank.build({ height: side, width: side, J, L: 8 });
  });
}

Deno.bench(
  { name: "start-up to the first 32x32 image, J=3, all threads", group: "construction", n: 5 },
  async () => {
    using scattering = new Scattering2D({ J: 3, shape: [32, 32] });
    await scattering.transform(new Float32Array(1024));
  },
);
