/**
 * The cells of the language model: what is taken from the jobs.
 *
 * @module
 */
import type { Measurement } from "../../src/reproduction.ts";
import type { StoriesResult } from "./language_model.ts";

/** Measures a cell from the results of its jobs. */
export function measureStoriesCell(cell: string, results: readonly StoriesResult[]): Measurement {
  const arithmetic = results.find((result) => result.part === "arithmetic");
  const losses = results.flatMap((result) => result.part === "loss" ? result.losses : []);
  const prompts = results.filter((result) => result.part !== "arithmetic" && result.part !== "loss");
  const heads = prompts.flatMap((result) => result.heads);
  switch (cell.slice("stories260k/".length)) {
    case "greedy":
      return { values: [arithmetic!.greedy] };
    case "greedy-text":
      return { values: [arithmetic!.characters] };
    case "logits-error":
      return { values: [arithmetic!.logitsError] };
    case "max-received":
    case "max-received-delimiters":
      return { values: [Math.max(...heads.map(({ largest }) => largest))] };
    case "max-received-null":
      return { values: [Math.max(...heads.map(({ nullLargest }) => nullLargest))] };
    case "sinks":
      return meanOfWindows(prompts.flatMap(({ sinks }) => sinks));
    case "delimiter-lift":
      return meanOfWindows(prompts.flatMap(({ lifts }) => lifts));
    case "delimiter-lift-null":
      return meanOfWindows(prompts.flatMap(({ nullLifts }) => nullLifts));
    case "bos-norm":
      return { values: [Math.max(...prompts.flatMap(({ firstNormRatios }) => firstNormRatios))] };
    case "loss":
      return meanOfWindows(losses);
    default:
      throw new Error(`The language model has no cell ${cell}`);
  }
}

function meanOfWindows(values: readonly number[]): Measurement {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return {
    values: [mean],
    ...values.length > 1
      ? { standardError: Math.sqrt(variance / values.length), unitOfError: "test item" }
      : {},
  };
}
