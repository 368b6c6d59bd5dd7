/**
 * Benchmarks of tfjs operations, each on a backend of its own: the kernels of this project on some number of
 * threads, those that tfjs ships, and the cpu backend.
 *
 * @module
 */
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import {
  backend as currentBackend,
  getKernelsForBackend,
  type KernelConfig,
  registerKernel,
  setBackend,
  unregisterKernel,
} from "@tensorflow/tfjs-core";
import { type Backend, startBackend } from "../src/compute/tfjs/start_backend.ts";
import { kernels } from "../src/compute/tfjs/register_kernels.ts";

/** What computes. */
export type Machine = "1 thread" | "2 threads" | "stock, 2 threads" | "cpu";

/** The kernels as tfjs ships them, kept before ours take their places. */
const shipped = new Map<string, KernelConfig>(
  getKernelsForBackend("wasm").map((kernel) => [kernel.kernelName, kernel]),
);

let machine: Machine | undefined;
let backend: Backend | undefined;

async function switchTo(next: Machine): Promise<void> {
  if (machine === next) return;
  backend?.dispose();
  backend = undefined;
  machine = next;
  if (next === "cpu") return void await setBackend("cpu");
  backend = await startBackend({ threads: next === "1 thread" ? 1 : 2 });
  if (next === "stock, 2 threads") {
    // Their set-up has run: the kernels that stand in for them carry it, or it is repeated here.
    const running = currentBackend();
    for (const { kernelName } of kernels) {
      const kernel = shipped.get(kernelName);
      if (kernel === undefined) continue;
      unregisterKernel(kernelName, "wasm");
      registerKernel(kernel);
      kernel.setupFunc?.(running);
    }
  }
}

/**
 * Measures one operation on several machines, the first being what the others are compared with.
 *
 * @param prepare Makes what the operation needs and returns it; runs again on each machine.
 */
export function benchOn(group: string, machines: readonly Machine[], prepare: () => () => void): void {
  let run: (() => void) | undefined;
  for (const [i, name] of machines.entries()) {
    let warm = false;
    Deno.bench({ name: `${group}: ${name}`, group, baseline: i === 0 }, async (timer) => {
      if (!warm) {
        await switchTo(name);
        run = prepare();
        for (let k = 0; k < 3; k++) run();
        warm = true;
      }
      timer.start();
      run!();
      timer.end();
    });
  }
}
