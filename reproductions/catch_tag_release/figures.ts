import type { Figure } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import type { tasks } from "./run.ts";
import { exampleFigure, receivedFigure } from "./stories_figures.ts";
import { constructionFigure, trainingFigures } from "./toy_figures.ts";
import { whisperFigures } from "./whisper_figures.ts";

/** The figures that the finished jobs allow. */
export function paintFigures(source: FigureSource<typeof tasks>): Figure[] {
  const trained = source.finished("toyTraining").map(({ result }) => result);
  const prompts = source.finished("prompt").map(({ result }) => result);
  return [
    ...source.finished("construction").map(({ result }) => constructionFigure(result, source)),
    ...(["all", "last"] as const).flatMap((loss) =>
      trainingFigures(
        loss,
        trained.filter((result) => result.loss === loss).flatMap(({ runs }) => runs),
        source,
      )
    ),
    ...source.finished("example").map(({ result }) => exampleFigure(result)),
    ...prompts.length === 0 ? [] : [receivedFigure(prompts, source)],
    ...whisperFigures(
      source.finished("whisper").map(({ result }) => result),
      source.finished("whisperExample").flatMap(({ result }) => result),
      source,
    ),
  ];
}
