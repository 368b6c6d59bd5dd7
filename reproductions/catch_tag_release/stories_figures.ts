/**
 * The figures of stories260K: one head with its PCA-coloured tokens, and what keys receive in every head.
 *
 * @module
 */
import type { Figure } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import type { ExampleHead } from "./method/example_head.ts";
import type { PromptResult } from "./run.ts";
import { headPanels } from "./head_panels.ts";

const promptNames: Readonly<Record<PromptResult["text"], string>> = {
  stories: "own stories",
  shakespeare: "Shakespeare",
  delimiters: "one delimiter repeated",
};

/** What keys receive in every head, against the null of lags. */
export function receivedFigure(
  prompts: readonly PromptResult[],
  { cell }: Pick<FigureSource, "cell">,
): Figure {
  const losses = prompts.map(({ text, loss }) => `${promptNames[text]} ${loss.toFixed(2)}`).join(", ");
  const windowCounts = prompts.map(({ text, sinks }) => `${sinks.length} windows of ${promptNames[text]}`)
    .join(", ");
  const bound = cell("stories260k/max-received")?.allowed?.upper ?? null;
  return {
    id: "stories260k-received",
    title: "What keys receive in every head of stories260K",
    caption: "For each head the largest average attention that a key with enough later queries receives " +
      `(of ${windowCounts}: more windows have a larger one), against ` +
      `the same in a null that keeps only how the head attends to each lag. ${
        describeSinks(prompts, bound)
      }Where one delimiter ` +
      "is repeated, the first token is the only one that differs from the others. " +
      `Mean loss in nats a token: ${losses}.`,
    panels: [{
      kind: "points",
      x: { label: "largest received attention in the lag null" },
      y: { label: "largest received attention" },
      groups: prompts.map(({ text, heads }) => ({
        name: promptNames[text],
        points: heads.map(({ largest, nullLargest }) => ({ x: nullLargest, y: largest })),
      })),
      levels: bound === null ? [] : [{ name: "sink", source: "bound", value: bound }],
    }],
  };
}

/** How many heads have a key that receives more than a sink must. */
function describeSinks(prompts: readonly PromptResult[], bound: number | null): string {
  if (bound === null) return "";
  const counts = prompts.map(({ text, heads }) =>
    `${heads.filter(({ largest }) => largest > bound).length} of ${heads.length} heads on ${
      promptNames[text]
    }`
  );
  return `A sink is above ${bound}, as in ${counts.join(", ")}. `;
}

/** One head: its attention, and the tokens in the colours of their principal components. */
export function exampleFigure(example: ExampleHead): Figure {
  const { layer, head, delimiters } = example;
  return {
    id: "stories260k-panels",
    title: "The head of stories260K whose attention is the most concentrated",
    caption:
      `Layer ${layer + 1}, head ${
        head + 1
      }, on the beginning of the greedy story; delimiters are marked. Below, the first three ` +
      "principal components of each token as red, green and blue: where no key catches all later tokens, outputs keep the " +
      "colours of what they attend to nearby.",
    columns: 1,
    panels: headPanels(example, delimiters),
  };
}
