/**
 * The thread of a `BackgroundScattering`.
 *
 * @module
 */
import { findBank } from "./banks/named_banks.ts";
import { NonFiniteError } from "./engine/non_finite_error.ts";
import type { RealArray } from "./engine/tables.ts";
import { type PathDescription, Scattering2D } from "./scattering_2d.ts";
import type { Scattering2DOptions } from "./scattering_options.ts";

/** What is computed; the bank by its name, since functions cannot be sent. */
export type BackgroundOptions = Omit<Scattering2DOptions, "bank"> & { readonly bank?: string };

/** What the thread is sent: options first, then one batch after another. */
export type Request =
  | { readonly kind: "open"; readonly options: BackgroundOptions }
  | {
    readonly kind: "transform";
    readonly batch: RealArray;
    /** Whether the coefficients are sent path by path. */
    readonly byPath?: boolean;
  };

/** What it sends back. */
export type Answer =
  | {
    readonly kind: "opened";
    readonly outputShape: Scattering2D["outputShape"];
    readonly paths: readonly PathDescription[];
    readonly isLarge: boolean;
  }
  | {
    readonly kind: "path";
    readonly image: number;
    readonly path: number;
    readonly coefficients: RealArray;
  }
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "done"; readonly coefficients: RealArray | null }
  | {
    readonly kind: "failed";
    readonly name: string;
    readonly message: string;
    readonly stack: string;
    /** The pixel that is none, where it is that. */
    readonly pixel?: { readonly image: number; readonly pixel: number; readonly value: number };
  };

let scattering: Scattering2D | undefined;

self.onmessage = async ({ data }: MessageEvent<Request>) => {
  try {
    if (data.kind === "open") {
      const { bank, ...options } = data.options;
      scattering = new Scattering2D({ ...options, ...bank === undefined ? {} : { bank: findBank(bank) } });
      const { outputShape, isLarge } = scattering;
      answer({ kind: "opened", outputShape, paths: scattering.paths(), isLarge });
    } else if (data.byPath) {
      await scattering!.transformByPath(data.batch, (image, path, coefficients) => {
        answer({ kind: "path", image, path, coefficients }, [coefficients.buffer as ArrayBuffer]);
      }, { onProgress, onRead: () => void (data.batch.buffer as ArrayBuffer).transfer(0) });
      answer({ kind: "done", coefficients: null });
    } else {
      const coefficients = await scattering!.transform(data.batch, undefined, { onProgress });
      answer({ kind: "done", coefficients }, [coefficients.buffer as ArrayBuffer]);
    }
  } catch (error) {
    const { name, message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    const { image, pixel, value } = error instanceof NonFiniteError ? error : {};
    answer({
      kind: "failed",
      name,
      message,
      stack,
      ...image === undefined ? {} : { pixel: { image, pixel: pixel!, value: value! } },
    });
  }
};

function onProgress(done: number, total: number): void {
  answer({ kind: "progress", done, total });
}

function answer(message: Answer, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}
