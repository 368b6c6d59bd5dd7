import { UsageError } from "../errors.ts";
import type { Answer, BackgroundOptions, Request } from "./background_worker.ts";
import type { RunOptions } from "./engine/cascade_runner.ts";
import { NonFiniteError } from "./engine/non_finite_error.ts";
import type { RealArray } from "./engine/tables.ts";
import type { PathDescription, Scattering2D } from "./scattering_2d.ts";

export type { BackgroundOptions } from "./background_worker.ts";

/**
 * A scattering transform in a thread of its own, so that the calling one never waits: filters, tables and the transform of a large
 * image keep a thread busy for seconds or minutes, during which it hears no signal. Where it is told to stop it stops at once.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * using scattering = await BackgroundScattering.start({ J: 2, shape: [16, 16], threads: 1 });
 * assertEquals(scattering.outputShape, [81, 4, 4]);
 * assertEquals((await scattering.transform(new Float32Array(2 * 256).fill(1))).length, 2 * 81 * 16);
 * ```
 */
export class BackgroundScattering implements Disposable {
  /** As `Scattering2D` has it. */
  readonly outputShape: Scattering2D["outputShape"];
  /** As `Scattering2D` gives them. */
  readonly paths: readonly PathDescription[];
  /** As `Scattering2D` has it. */
  readonly isLarge: boolean;
  readonly #worker: Worker;

  private constructor(
    worker: Worker,
    { outputShape, paths, isLarge }: Answer & { readonly kind: "opened" },
  ) {
    this.#worker = worker;
    this.outputShape = outputShape;
    this.paths = paths;
    this.isLarge = isLarge;
  }

  /**
   * Starts the thread and builds the filters in it.
   *
   * @param options What is computed.
   * @param signal Stops it.
   * @throws {RangeError} Where an option is out of its range.
   * @throws The reason of the signal, where it aborts.
   */
  static async start(options: BackgroundOptions, signal?: AbortSignal): Promise<BackgroundScattering> {
    signal?.throwIfAborted();
    const worker = new Worker(new URL("./background_worker.ts", import.meta.url), { type: "module" });
    const opened = await ask(worker, { kind: "open", options }, signal === undefined ? {} : { signal });
    return new BackgroundScattering(worker, opened as Answer & { readonly kind: "opened" });
  }

  /**
   * Transforms a batch.
   *
   * @param batch Whole images; its memory goes to the thread.
   * @param options Progress and interruption. After that nothing can be transformed any more.
   * @returns What `Scattering2D` gives.
   * @throws {RangeError} Where the batch holds NaN or an infinite number.
   * @throws The reason of the signal, where it aborts.
   */
  async transform<T extends RealArray>(batch: T, options: RunOptions = {}): Promise<T> {
    options.signal?.throwIfAborted();
    const done = await ask(this.#worker, { kind: "transform", batch }, options, [
      batch.buffer as ArrayBuffer,
    ]);
    return (done as Answer & { readonly kind: "done" }).coefficients as T;
  }

  /**
   * Transforms large images as `Scattering2D` does path by path.
   *
   * @param batch Whole images; its memory goes to the thread.
   * @param receive Takes the coefficients of one path of one image.
   * @param options Progress and interruption. After that nothing can be transformed any more.
   * @throws {RangeError} Where the images are not large, or the batch holds NaN or an infinite number.
   * @throws The reason of the signal, where it aborts, and what `receive` throws.
   */
  async transformByPath<T extends RealArray>(
    batch: T,
    receive: (image: number, path: number, coefficients: T) => Promise<void>,
    options: RunOptions = {},
  ): Promise<void> {
    options.signal?.throwIfAborted();
    let received = Promise.resolve();
    const onPath = ({ image, path, coefficients }: Answer & { readonly kind: "path" }) => {
      received = received.then(() => receive(image, path, coefficients as T));
      return received;
    };
    const request: Request = { kind: "transform", batch, byPath: true };
    await ask(this.#worker, request, { ...options, onPath }, [batch.buffer as ArrayBuffer]);
    await received;
  }

  /** Ends the thread. */
  [Symbol.dispose](): void {
    this.#worker.terminate();
  }
}

/** Sends a request and waits for its answer; where that is an error the thread is ended. */
function ask(
  worker: Worker,
  request: Request,
  { signal, onProgress, onPath }: RunOptions & {
    readonly onPath?: (answer: Answer & { readonly kind: "path" }) => Promise<void>;
  },
  transfer: Transferable[] = [],
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const stop = () => reject(signal!.reason);
  signal?.addEventListener("abort", stop);
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    if (data.kind === "progress") onProgress?.(data.done, data.total);
    else if (data.kind === "path") onPath!(data).catch(reject);
    else if (data.kind === "failed") reject(errorAgain(data));
    else resolve(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(event.message));
  };
  worker.postMessage(request, transfer);
  return promise.catch((error) => {
    worker.terminate();
    throw error;
  }).finally(() => signal?.removeEventListener("abort", stop));
}

function errorAgain({ name, message, stack, pixel }: Answer & { readonly kind: "failed" }): Error {
  if (pixel !== undefined) return new NonFiniteError(pixel.image, pixel.pixel, pixel.value);
  const known = name === "UsageError" ? UsageError : name === "RangeError" ? RangeError : Error;
  const error = new known(message);
  error.stack = stack;
  return error;
}
