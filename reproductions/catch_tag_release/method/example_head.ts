import { componentColours } from "./principal_components.ts";
import { forward } from "../../../src/transformers/model/forward.ts";
import { isDelimiter } from "../../../src/transformers/measure/is_delimiter.ts";
import type { HeadTrace } from "../../../src/transformers/model/layer_trace.ts";
import { type HeadMeasurement, measureHead } from "../../../src/transformers/measure/measure_head.ts";
import type { Stories } from "./read_stories.ts";

/** What is kept of one head for a figure. */
export interface ExampleHead {
  readonly layer: number;
  readonly head: number;
  /** The text of each token, `(T)`. */
  readonly tokens: readonly string[];
  /** Positions of the delimiters. */
  readonly delimiters: readonly number[];
  /** `(T, T)`, row = query. */
  readonly attention: readonly number[];
  /** Principal components as colours, `(T, 3)` in [0, 1]; the residual stream is that after the last layer. */
  readonly colours: Readonly<Record<"values" | "outputs" | "residual", readonly [number, number, number][]>>;
}

/** Tokens that a figure can show. */
const shown = 48;

/**
 * The first tokens of a story in the head whose attention is the most concentrated: the one with the largest
 * received attention.
 */
export async function exampleHead({ model, tokenizer }: Stories, story: Int32Array): Promise<ExampleHead> {
  const tokens = story.subarray(0, shown);
  const isMark = Array.from(tokens, (token) => isDelimiter(tokenizer.piece(token)));
  let best: { readonly measured: HeadMeasurement; readonly trace: HeadTrace } | undefined;
  let residual = new Float32Array();
  await forward(model, tokens, shown, {
    observe: (layer) => {
      for (const trace of layer.heads()) {
        const measured = measureHead(trace, isMark);
        if (best === undefined || measured.largest > best.measured.largest) best = { measured, trace };
      }
      residual = layer.residual().slice();
    },
  });
  const { measured: { layer, head }, trace: { map, values, outputs, dimension } } = best!;
  // Three digits are more than a colour shows.
  const rounded = (value: number) => Math.round(1000 * value) / 1000;
  const colours = (values: Float32Array | Float64Array, dimension: number) =>
    componentColours({ values, dimension }).map(([red, green, blue]): [number, number, number] => [
      rounded(red),
      rounded(green),
      rounded(blue),
    ]);
  return {
    layer,
    head,
    tokens: Array.from(tokens, (token) => token === tokenizer.bos ? "[BOS]" : tokenizer.piece(token)),
    delimiters: Array.from(tokens.keys()).filter((at) => isMark[at]),
    attention: Array.from(map.weights, rounded),
    colours: {
      values: colours(values, dimension),
      outputs: colours(outputs, dimension),
      residual: colours(residual, model.config.dim),
    },
  };
}
