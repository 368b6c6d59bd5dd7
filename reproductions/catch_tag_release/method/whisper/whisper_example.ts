import { catchMass } from "../../../../src/transformers/attention/catch_mass.ts";
import { measureHead } from "../../../../src/transformers/measure/measure_head.ts";
import { forward } from "../../../../src/transformers/model/forward.ts";
import type { HeadTrace } from "../../../../src/transformers/model/layer_trace.ts";
import { componentColours } from "../principal_components.ts";
import type { HeadPlace } from "./heads.ts";
import type { Whisper } from "./read_whisper.ts";
import type { WhisperWindows } from "./whisper_prompts.ts";

/** What is kept of one head for a figure. */
export interface WhisperExample extends HeadPlace {
  readonly kind: "with sinks" | "without sinks";
  /** The text of each token, `(T)`. */
  readonly tokens: readonly string[];
  readonly sinks: readonly number[];
  /** Attention that the sinks catch; `null` without them. */
  readonly catchMass: number | null;
  /** `(T, T)`, row = query. */
  readonly attention: readonly number[];
  /** Principal components as colours, `(T, 3)` in [0, 1]. */
  readonly colours: Readonly<Record<"values" | "outputs" | "residual", readonly [number, number, number][]>>;
}

/**
 * Two heads on one window of two segments. With sinks: of the heads in which both expected keys are sinks, or if there is none in which
 * any key is one, the one whose sinks catch the most attention. Without: the one whose largest received attention is the least.
 *
 * @param whisper The model, on the current backend.
 * @param windows One window.
 */
export async function whisperExamples(
  { model, tokenizer }: Whisper,
  { tokens, length, sinks: expected }: WhisperWindows,
): Promise<WhisperExample[]> {
  const traces: HeadTrace[] = [];
  let residual = new Float32Array();
  await forward(model, tokens, length, {
    observe: (layer) => {
      traces.push(...layer.heads());
      residual = layer.residual().slice();
    },
  });
  const heads = traces.map((trace) => ({ trace, ...measureHead(trace, []) }));
  const both = heads.filter(({ sinks }) => expected.every((key) => sinks.includes(key)));
  const any = heads.filter(({ sinks }) => sinks.length > 0);
  const mass = ({ trace, sinks }: typeof heads[number]) => catchMass(trace.map, sinks);
  const withSinks = (both.length > 0 ? both : any).toSorted((a, b) => mass(b) - mass(a)).slice(0, 1);
  const without = heads.toSorted((a, b) => a.largest - b.largest)[0]!;
  // Three digits are more than a colour shows.
  const rounded = (value: number) => Math.round(1000 * value) / 1000;
  const colours = (values: Float32Array | Float64Array, dimension: number) =>
    componentColours({ values, dimension }).map(([red, green, blue]): [number, number, number] => [
      rounded(red),
      rounded(green),
      rounded(blue),
    ]);
  const residualColours = colours(residual, model.config.dim);
  const example = (kind: WhisperExample["kind"], head: typeof heads[number]): WhisperExample => {
    const { trace: { map, values, outputs, dimension }, sinks, layer } = head;
    return {
      kind,
      layer,
      head: head.head,
      tokens: Array.from(tokens, (token) => tokenizer.piece(token)),
      sinks,
      catchMass: sinks.length === 0 ? null : mass(head),
      attention: Array.from(map.weights, rounded),
      colours: {
        values: colours(values, dimension),
        outputs: colours(outputs, dimension),
        residual: residualColours,
      },
    };
  };
  return [...withSinks.map((head) => example("with sinks", head)), example("without sinks", without)];
}
