/**
 * The figures: images of classes, and dreams.
 *
 * @module
 */
import type { Figure, Tile, TilePanel } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import type { ClassImage, tasks } from "./run.ts";

type Source = FigureSource<typeof tasks>;

/** The figures of synthetic_images, each where its jobs have finished. */
export function figures(source: Source): Figure[] {
  return [...classImages(source), ...dreams(source), ...growth(source)];
}

function tile(values: readonly number[], label?: string): Tile {
  const side = Math.sqrt(values.length / 3);
  return { width: side, height: side, values, ...label === undefined ? {} : { label } };
}

/** The images of the classes of each kind. */
function classImages(source: Source): Figure[] {
  const panels = [
    ["book", "the book's four"],
    ["regularised", "ten more"],
    ["plain", "the ten without what holds the ascent back"],
  ].flatMap(([kind, title]): TilePanel[] => {
    const images: readonly ClassImage[] | undefined = source.finished("classes")
      .find(({ job }) => job.startsWith(`classes/${kind}/`))?.result;
    return images === undefined ? [] : [{
      kind: "tiles",
      title: title!,
      columns: 5,
      colours: "rgb",
      range: "panel",
      tiles: images.map(({ name, other, picture }) => tile(picture, `${name}, ${other.rank}`)),
    }];
  });
  if (panels.length === 0) return [];
  return [{
    id: "class-images",
    title: "Images of which SqueezeNet is sure",
    caption:
      "Ascent of SqueezeNet's score of a class from grey noise. Labels: the class, and its rank among 1,000 in MobileNet, which had no part in the image. " +
      "Blurred steps of little colour give parts that another network knows (above); steps along the plain gradient give noise that it does not (below).",
    columns: 1,
    panels,
  }];
}

/** Photographs before and after. */
function dreams(source: Source): Figure[] {
  const found = source.finished("dreams").map(({ result }) => result);
  if (found.length === 0) return [];
  return [{
    id: "dreams",
    title: "Dreams of three stages of SqueezeNet",
    caption:
      "DeepDream: a photograph, and the same after steps along the gradient of half the squared norm of a stage's pre-activations; above at one size, below at three, " +
      "the smallest first.",
    panels: [{
      kind: "tiles",
      columns: 1 + found.length,
      colours: "rgb",
      range: "panel",
      tiles: [
        tile(found[0]!.before, "photograph"),
        ...found.map(({ stage, after }) => tile(after, stage)),
        tile(found[0]!.before, "photograph"),
        ...found.map(({ stage, octaves }) => tile(octaves, `${stage}, octaves`)),
      ],
    }],
  }];
}

/** The norm of a stage's answer, step by step. */
function growth(source: Source): Figure[] {
  const found = source.finished("dreams").map(({ result }) => result);
  if (found.length === 0) return [];
  return [{
    id: "growth",
    title: "Every step makes the answer grow",
    caption: "Norm of the pre-activations of a stage along the steps, in that of the photograph.",
    panels: [{
      kind: "lines",
      x: { label: "step" },
      y: { label: "norm / norm of the photograph" },
      lines: found.map(({ stage, norms }) => ({
        name: stage,
        source: "measured",
        points: norms.map((norm, step) => ({ x: step, y: norm / norms[0]! })),
      })),
    }],
  }];
}
