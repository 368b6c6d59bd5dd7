/**
 * A thread of a `ThreadPool`: takes kernels by message and jobs through the control block.
 *
 * @module
 */
import { instantiateKernel } from "./instantiate_kernel.ts";
import { type ItemFunction, ThreadControl } from "./thread_control.ts";

/** What the pool sends. */
export interface KernelMessage {
  /** The pool's control block. */
  readonly control: SharedArrayBuffer;
  /** The number of the thread, from 1 on. */
  readonly thread: number;
  /** The new kernel: its code, and the memory that all threads run it on. */
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
}

/** The functions of each kernel so far. */
const kernels: ItemFunction[][] = [];
let control: ThreadControl | undefined;

self.onmessage = ({ data }: MessageEvent<KernelMessage>) => {
  control ??= new ThreadControl(data.control);
  kernels.push([...instantiateKernel(data.module, data.memory).values()]);
  self.postMessage("ready");
  if (!control.serve(data.thread, (kernel, index) => kernels[kernel]![index]!)) self.close();
};
