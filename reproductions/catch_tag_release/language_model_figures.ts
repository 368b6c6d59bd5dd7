/**
 * The figures of stories260K: one head with its PCA-coloured tokens, and what keys receive in every head.
 *
 * @module
 */
import type { Figure, TokenPanel } from "../../src/figure.ts";
import type { StoriesResult } from "./language_model.ts";
import type { StoriesExample } from "./language_model_example.ts";

/** The figures that the finished jobs allow. */
export function storiesFigures(results: readonly StoriesResult[]): Figure[] {
  const arithmetic = results.find((result) => result.part === "arithmetic");
  const figures = arithmetic === undefined ? [] : [fourPanels(arithmetic.example)];
  const prompts = results.filter((result) => result.part !== "arithmetic" && result.part !== "loss");
  if (prompts.length > 0) figures.push(receivedFigure(prompts));
  return figures;
}

const promptNames = {
  stories: "own stories",
  shakespeare: "Shakespeare",
  delimiters: "one delimiter repeated",
};

function receivedFigure(prompts: readonly Extract<StoriesResult, { heads: unknown }>[]): Figure {
  return {
    id: "stories260k-received",
    title: "What keys receive in every head of stories260K",
    caption:
      "For each of the 40 heads the largest average attention that a key with at least 64 later queries receives, against " +
      "the same in a null that keeps only how the head attends to each lag. A sink is above 0.2. Where one delimiter is " +
      "repeated, the first token is the only one that differs from the others.",
    panels: [{
      kind: "points",
      x: { label: "largest received attention in the lag null" },
      y: { label: "largest received attention" },
      groups: prompts.map(({ part, heads }) => ({
        name: promptNames[part],
        points: heads.map(({ largest, nullLargest }) => ({ x: nullLargest, y: largest })),
      })),
    }],
  };
}

function fourPanels(example: StoriesExample): Figure {
  const { layer, head, tokens, attention, delimiters } = example;
  const row = (label: string, of: keyof StoriesExample["colours"]): TokenPanel["rows"][number] => ({
    label,
    tokens: tokens.map((text, i) => ({ text, rgb: example.colours[of][i]! })),
  });
  return {
    id: "stories260k-panels",
    title: "The head of stories260K whose attention is the most concentrated",
    caption:
      `Layer ${layer + 1}, head ${
        head + 1
      }, on the beginning of the greedy story; delimiters are marked. Below, the first three ` +
      "principal components of each token as red, green and blue: where no key catches all later tokens, outputs keep the " +
      "colours of what they attend to nearby.",
    panels: [
      {
        kind: "matrix",
        title: "Attention",
        rowLabel: "query",
        columnLabel: "key",
        rows: tokens.length,
        columns: tokens.length,
        values: attention,
        domain: [0, 1],
        rowNames: tokens,
        columnNames: tokens,
        marks: delimiters.map((column) => ({ column, label: tokens[column]! })),
      },
      {
        kind: "tokens",
        title: "Principal components",
        rows: [
          row("values", "values"),
          row("outputs", "outputs"),
          row("residual stream after the last layer", "residual"),
        ],
      },
    ],
  };
}
