import { tensor2d, type Variable, variable } from "@tensorflow/tfjs-core";
import { setValues } from "../../../src/compute/tfjs/set_values.ts";
import type { LayerMaker } from "../../../src/nn/layer.ts";

/** What was measured after an epoch. */
export interface CurvePoint {
  /** Test images in another class than their own. */
  readonly errors: number;
  /** The Fisher ratio of the test images; `null` where it was not measured. */
  readonly fisher: number | null;
}

/** Stands for a value that was not measured: checkpoints take finite values alone. */
const missing = -1;

/**
 * Measurements by epoch, kept as the state of a layer that changes nothing: so they are part of every checkpoint, and an
 * interrupted training goes on with those before the interruption. Values are float32.
 */
export class LearningCurve {
  /** Gives its input back. */
  readonly layer: LayerMaker;
  readonly #values: Float32Array;
  #variable: Variable | undefined;

  /** @param points How many. */
  constructor(points: number) {
    this.#values = new Float32Array(2 * points).fill(missing);
    this.layer = (inputShape, index) => {
      const initial = tensor2d(this.#values, [points, 2]);
      const values = variable(initial, false);
      initial.dispose();
      this.#variable = values;
      const name = `${index}-learning-curve`;
      return {
        name,
        outputShape: inputShape,
        parameters: [],
        state: [{ name: `${name}/points`, variable: values, group: "bias" }],
        apply: (x) => x,
      };
    };
  }

  /** Writes a point down. */
  record(epoch: number, { errors, fisher }: CurvePoint): void {
    const values = Float32Array.from(this.#variable!.dataSync());
    values.set([errors, fisher ?? missing], 2 * epoch);
    setValues(this.#variable!, values);
  }

  /** The points, by epoch; `null` where nothing was written down. */
  get points(): (CurvePoint | null)[] {
    const values = this.#variable!.dataSync();
    return Array.from({ length: values.length / 2 }, (_, epoch) => {
      const errors = values[2 * epoch]!;
      const fisher = values[2 * epoch + 1]!;
      return errors === missing ? null : { errors, fisher: fisher === missing ? null : fisher };
    });
  }
}
