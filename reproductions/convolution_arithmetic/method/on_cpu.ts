import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { findBackendFactory, registerBackend, removeBackend, setBackend } from "@tensorflow/tfjs-core";

/**
 * Runs something on the cpu backend of tfjs, which leaves weights of zero untouched: the largest layer of VGG has 411 MB of them.
 *
 * @returns What it gives.
 */
export async function onCpu<T>(run: () => T): Promise<T> {
  // The package registers one on import, which would advise to install another.
  if (findBackendFactory("cpu") !== null) removeBackend("cpu");
  registerBackend("cpu", quietBackend);
  await setBackend("cpu");
  try {
    return run();
  } finally {
    removeBackend("cpu");
  }
}

/** A cpu backend without its advice on first use. */
function quietBackend(): MathBackendCPU {
  const backend = new MathBackendCPU();
  Object.assign(backend, { firstUse: false });
  return backend;
}
