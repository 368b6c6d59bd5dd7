/**
 * The transform and its gradient, beside the same cascade with the automatic differentiation of PyTorch where $PYTHON, or python3, has it:
 * 32 x 32, J = 3, 64 images, on one thread and on two. Times are of the whole batch, forward and gradient; before they are taken, the two are
 * compared. Last, the gradient beside the transform alone, for every bank.
 *
 * Run as a program it measures the two in turn, as a machine with other work asks for, and prints the shortest times and the shortest times
 * of the processor: `deno run -A benches/scattering_gradient_bench.ts --print`.
 *
 * @module
 */
import { assertLessOrEqual } from "@std/assert";
import { fromFileUrl } from "@std/path";
import process from "node:process";
import { kymatioBank } from "../src/scattering/banks/kymatio_bank.ts";
import { namedBanks } from "../src/scattering/banks/named_banks.ts";
import { paddedShape } from "../src/scattering/padding.ts";
import { Scattering2D } from "../src/scattering/scattering_2d.ts";

const [side, J, L, images] = [32, 3, 8, 64];
const batch = Float32Array.from({ length: images * side ** 2 }, (_, i) => Math.sin(i * i));
const threadNumbers = [1, 2];

/** Seconds, and seconds of the processor. */
type Times = readonly [wall: number, processor: number];

/** The process of PyTorch. */
class Torch {
  static readonly python: string = Deno.env.get("PYTHON") ?? "python3";
  readonly #process: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reader: ReadableStreamDefaultReader<string>;

  constructor(folder: string, threads: number) {
    const script = fromFileUrl(new URL("scattering_gradient_torch.py", import.meta.url));
    this.#process = new Deno.Command(Torch.python, {
      args: [script, folder, `${threads}`],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.#writer = this.#process.stdin.getWriter();
    this.#reader = this.#process.stdout.pipeThrough(new TextDecoderStream()).getReader();
    globalThis.addEventListener("unload", () => this.#process.kill());
  }

  static async isInstalled(): Promise<boolean> {
    const command = new Deno.Command(Torch.python, { args: ["-c", "import torch"], stderr: "null" });
    return await command.output().then(({ success }) => success, () => false);
  }

  async run(name: "forward" | "gradient" | "check"): Promise<Times> {
    await this.#writer.write(new TextEncoder().encode(`${name}\n`));
    let line = "";
    while (!line.endsWith("\n")) {
      const { done, value } = await this.#reader.read();
      if (done) throw new Error(`Cannot measure PyTorch's ${name}: the process has ended`);
      line += value;
    }
    return JSON.parse(line);
  }
}

/** The derivatives of a loss, as it is linear in the coefficients: alike in both. */
function cotangents(scattering: Scattering2D): Float32Array {
  const [paths, rows, columns] = scattering.outputShape;
  return Float32Array.from({ length: images * paths * rows * columns }, (_, i) => Math.cos(i * i));
}

/** Writes the case for PyTorch. */
function writeCase(scattering: Scattering2D): string {
  const folder = Deno.makeTempDirSync();
  globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  const { height: padded, width } = paddedShape(side, side, J);
  const { wavelets, phi } = kymatioBank.build({ height: padded, width, J, L });
  const write = (name: string, values: Float32Array) =>
    Deno.writeFileSync(`${folder}/${name}`, new Uint8Array(values.buffer));
  Deno.writeTextFileSync(`${folder}/case.json`, JSON.stringify({ J, L, side, padded, images }));
  write("psi", Float32Array.from(wavelets.flatMap(({ psi }) => [...psi])));
  write("phi", Float32Array.from(phi));
  write("x", batch);
  write("w", cotangents(scattering));
  return folder;
}

async function compare(torch: Torch, folder: string, scattering: Scattering2D): Promise<void> {
  await torch.run("check");
  const check = (name: string, found: Float32Array, allowed: number) => {
    const expected = new Float32Array(Deno.readFileSync(`${folder}/${name}`).buffer);
    const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
    assertLessOrEqual(norm(found.map((value, i) => value - expected[i]!)) / norm(expected), allowed);
  };
  check("s", await scattering.transform(batch), 1e-6);
  check("gradient", await scattering.gradient(batch, cotangents(scattering)), 1e-4);
}

/** What one of the two runs. */
interface Runner {
  readonly label: string;
  readonly run: (name: "forward" | "gradient") => Promise<Times>;
}

async function open(threads: number): Promise<Runner[]> {
  const scattering = new Scattering2D({ J, L, shape: [side, side], threads });
  globalThis.addEventListener("unload", () => scattering.dispose());
  const w = cotangents(scattering);
  const ours: Runner = {
    label: "the engine",
    run: async (name) => {
      const [wall, processor] = [performance.now(), process.cpuUsage().user];
      await scattering.transform(batch);
      if (name === "gradient") await scattering.gradient(batch, w);
      return [(performance.now() - wall) / 1e3, (process.cpuUsage().user - processor) / 1e6];
    },
  };
  if (!await Torch.isInstalled()) return [ours];
  const folder = writeCase(scattering);
  const torch = new Torch(folder, threads);
  await compare(torch, folder, scattering);
  return [ours, { label: "PyTorch", run: (name) => torch.run(name) }];
}

async function print(): Promise<void> {
  const rounds = 20;
  for (const threads of threadNumbers) {
    const runners = await open(threads);
    for (const name of ["forward", "gradient"] as const) {
      const best = runners.map(() => [Infinity, Infinity] as [number, number]);
      for (let round = 0; round < rounds; round++) {
        for (const [i, { run }] of runners.entries()) {
          const times = await run(name);
          best[i] = [Math.min(best[i]![0], times[0]), Math.min(best[i]![1], times[1])];
        }
      }
      const what = name === "forward" ? "forward" : "forward and gradient";
      for (const [i, { label }] of runners.entries()) {
        const [wall, processor] = best[i]!.map((seconds) => (seconds * 1e3).toFixed(1));
        Deno.stdout.writeSync(
          new TextEncoder().encode(
            `${what}, threads ${threads}, ${label}: ${wall} ms, processor ${processor} ms\n`,
          ),
        );
      }
    }
  }
}

if (import.meta.main && Deno.args.includes("--print")) {
  await print();
  Deno.exit();
}

for (const threads of threadNumbers) {
  const runners = open(threads);
  const group = `32x32, J=3, batch 64, threads ${threads}: forward and gradient`;
  for (const [i, { label }] of (await runners).entries()) {
    Deno.bench({ name: `${group}: ${label}`, group, baseline: i === 0 }, async () => {
      await (await runners)[i]!.run("gradient");
    });
  }
}

for (const bank of namedBanks) {
  const scattering = new Scattering2D({ J, L, shape: [side, side], bank, threads: 1 });
  globalThis.addEventListener("unload", () => scattering.dispose());
  const w = cotangents(scattering);
  const group = `${bank.name}, 32x32, J=3, batch 64, one thread`;
  Deno.bench({ name: `${group}: transform`, group, baseline: true }, async () => {
    await scattering.transform(batch);
  });
  Deno.bench({ name: `${group}: gradient`, group }, async () => {
    await scattering.gradient(batch, w);
  });
}
