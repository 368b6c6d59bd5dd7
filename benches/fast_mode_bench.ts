/**
 * Products, training steps, scattering and the SVM with the flags of `deno task reproduce:fast`, without them, and in PyTorch where
 * $PYTHON, or python3, has it, each on two threads: the table of docs/performance.md. The SVM wants the folder `mnist` below $REPRODUCE_DATA or ./data.
 *
 * @module
 */
import { fromFileUrl } from "@std/path";
import { hasDigits } from "./mnist_digits.ts";

/** What runs, by its name in fast_mode_jobs.ts and fast_mode_torch.py; iterations, where they are long. */
const rows: readonly { label: string; name: string; inTorch: boolean; n?: number; ignore?: boolean }[] = [
  { label: "product 1024^3, 2.15 GFLOP", name: "product", inTorch: true },
  { label: "float64 Gram matrix of 2000 x 1500", name: "gram", inTorch: true },
  { label: "step of LeNet-5, batch 128", name: "lenet5", inTorch: true },
  { label: "step of 784x2048x10, batch 128", name: "dense", inTorch: true },
  { label: "step of LeNet 20-50-500, batch 128", name: "convolutions", inTorch: true },
  { label: "scattering of 32x32, J=3, batch 64", name: "scattering32", inTorch: false },
  { label: "scattering of 256x256, J=5, batch 8", name: "scattering256", inTorch: false },
  {
    label: "SVM of 10,000 digits, fitted, 10,000 predicted",
    name: "svm",
    inTorch: false,
    n: 2,
    ignore: !hasDigits(),
  },
];

const beside = (name: string) => fromFileUrl(new URL(name, import.meta.url));
const root = beside("..");
const { tasks } = JSON.parse(await Deno.readTextFile(`${root}/deno.json`));
const [fastFlags] = (tasks["reproduce:fast"].command as string).split(" ");

/** A process that answers each line by one. */
class Worker {
  readonly #process: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor(command: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    this.#process = new Deno.Command(command, {
      args: [...args],
      cwd: root,
      env: { ...env },
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.#writer = this.#process.stdin.getWriter();
    this.#reader = this.#process.stdout.getReader();
    globalThis.addEventListener("unload", () => this.#process.kill());
  }

  async run(name: string): Promise<void> {
    await this.#writer.write(new TextEncoder().encode(`${name}\n`));
    const { done } = await this.#reader.read();
    if (done) throw new Error(`Cannot measure ${name}: the process has ended`);
  }
}

const python = Deno.env.get("PYTHON") ?? "python3";
const hasTorch = await new Deno.Command(python, { args: ["-c", "import torch"], stderr: "null" })
  .output().then(({ success }) => success, () => false);
const permissions = ["--no-prompt", "--allow-read", "--allow-env", "--allow-sys"];
const run = ["run", ...permissions, beside("fast_mode_jobs.ts")];
const machines: readonly { label: string; start: () => Worker; isTorch: boolean }[] = [
  { label: "default", start: () => new Worker(Deno.execPath(), run, {}), isTorch: false },
  {
    label: "fast",
    start: () => new Worker(Deno.execPath(), run, { DENO_V8_FLAGS: fastFlags!.replace(/^.*?=/, "") }),
    isTorch: false,
  },
  ...(hasTorch
    ? [{
      label: "PyTorch",
      start: () => new Worker(python, [beside("fast_mode_torch.py")], {}),
      isTorch: true,
    }]
    : []),
];

const started = new Map<string, Worker>();
for (const { label: group, name, inTorch, ignore = false, n } of rows) {
  for (const { label, start, isTorch } of machines) {
    if (isTorch && !inTorch) continue;
    let isWarm = false;
    const options = { name: `${group}: ${label}`, group, baseline: label === "default", ignore };
    Deno.bench({ ...options, ...(n === undefined ? {} : { n, warmup: 1 }) }, async (timer) => {
      const worker = started.get(label) ?? start();
      started.set(label, worker);
      for (let i = 0; i < 3 && !isWarm && n === undefined; i++) await worker.run(name);
      isWarm = true;
      timer.start();
      await worker.run(name);
      timer.end();
    });
  }
}
