import { measureAttention } from "../../../src/transformers/measure/measure_attention.ts";
import type { HeadMeasurement } from "../../../src/transformers/measure/measure_head.ts";
import type { Windows } from "../../../src/transformers/measure/windows.ts";
import type { Stories } from "./read_stories.ts";

/** The largest attention that a key receives in one head, over all windows. */
export interface HeadMaximum {
  readonly layer: number;
  readonly head: number;
  readonly largest: number;
  /** The same in the null that keeps the lags of the head alone. */
  readonly nullLargest: number;
}

/** What windows of tokens show of a model. */
export interface WindowsMeasurement {
  /** Every head. */
  readonly heads: readonly HeadMaximum[];
  /** The largest attention that a key receives in each window, in all heads together. */
  readonly largest: readonly number[];
  /** The same in the null of lags. */
  readonly nullLargest: readonly number[];
  /** Sinks of each window, in all heads together. */
  readonly sinks: readonly number[];
  /** Delimiter lift of each window that holds a delimiter, averaged over its heads. */
  readonly lifts: readonly number[];
  /** The same in the null of lags. */
  readonly nullLifts: readonly number[];
  /** Norm of the residual stream at the first token over the median of all, by layer. */
  readonly firstNormRatios: readonly number[];
  /** Mean loss, in nats a token. */
  readonly loss: number;
}

/**
 * Measures every head of a model on windows of tokens.
 *
 * @param stories The model, on the current backend.
 * @param windows What it reads.
 * @param progress Hears which share is done.
 */
export async function measureWindows(
  { model, tokenizer }: Stories,
  windows: Windows,
  progress: (share: number) => void,
): Promise<WindowsMeasurement> {
  const { heads, firstNormRatios, loss } = await measureAttention(model, tokenizer, windows, { progress });
  const byWindow = Array.from(
    { length: windows.tokens.length / windows.length },
    (_, window) => heads.filter((head) => head.window === window),
  );
  const lifts = (liftIn: (head: HeadMeasurement) => number | null) =>
    byWindow.map((heads) => {
      const there = heads.map(liftIn).filter((lift) => lift !== null);
      return there.reduce((a, b) => a + b, 0) / there.length;
    }).filter((lift) => !Number.isNaN(lift));
  return {
    heads: maxima(heads),
    largest: byWindow.map((heads) => Math.max(...heads.map(({ largest }) => largest))),
    nullLargest: byWindow.map((heads) => Math.max(...heads.map(({ lagNull }) => lagNull.largest))),
    sinks: byWindow.map((heads) => heads.reduce((sum, { sinks }) => sum + sinks.length, 0)),
    lifts: lifts(({ delimiterLift }) => delimiterLift),
    nullLifts: lifts(({ lagNull }) => lagNull.delimiterLift),
    firstNormRatios,
    loss,
  };
}

function maxima(heads: readonly HeadMeasurement[]): HeadMaximum[] {
  const byHead = new Map<string, HeadMaximum>();
  for (const { layer, head, largest, lagNull } of heads) {
    const before = byHead.get(`${layer}/${head}`);
    byHead.set(`${layer}/${head}`, {
      layer,
      head,
      largest: Math.max(largest, before?.largest ?? 0),
      nullLargest: Math.max(lagNull.largest, before?.nullLargest ?? 0),
    });
  }
  return [...byHead.values()];
}
