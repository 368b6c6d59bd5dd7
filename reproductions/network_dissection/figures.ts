/**
 * The figures: detectors by depth, what they see, and what excites units most.
 *
 * @module
 */
import { mean } from "../../src/numeric/statistics/mean.ts";
import { standardErrorOfMean } from "../../src/numeric/statistics/standard_error.ts";
import type { Figure, Line, LinePanel, LinePoint, Panel, TilePanel } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import type { ImageDetection, StageDetection } from "./image_tasks.ts";
import { lastThing } from "./method/masked_photographs.ts";
import type { MaskDetection } from "./pixel_tasks.ts";
import type { tasks } from "./run.ts";

type Source = FigureSource<typeof tasks>;

/** The figures of network_dissection, each where its jobs have finished. */
export function figures(source: Source): Figure[] {
  return [
    ...depth(source),
    ...classes(source),
    ...concepts(source),
    ...detectors(source),
    ...patches(source),
  ];
}

/** The result of a job of whole photographs. */
function imagesOf(source: Source, job: string): ImageDetection | undefined {
  return source.finished("images").find((one) => one.job === job)?.result;
}

function line(name: string, points: readonly LinePoint[], source: Line["source"] = "measured"): Line {
  return { name, source, points };
}

function precisions({ classes }: StageDetection): number[] {
  return classes.map(({ precision }) => precision);
}

/** How well single units find classes, by depth. */
function depth(source: Source): Figure[] {
  const found = imagesOf(source, "images/squeezenet/trained");
  if (found === undefined) return [];
  const permuted = imagesOf(source, "images/squeezenet/permuted=0")?.stages.at(-1);
  const panel = (title: string, value: (stage: StageDetection) => number[]): LinePanel => ({
    kind: "lines",
    title,
    x: { label: "stage (1: conv1, 9: fire9)", ticks: found.stages.map((_, i) => i + 1) },
    y: { label: "average precision", domain: [0, 1] },
    lines: [line(
      "best unit",
      found.stages.map((stage, i) => {
        const values = value(stage);
        const y = mean(values);
        const error = standardErrorOfMean(values);
        return error === null ? { x: i + 1, y } : { x: i + 1, y, lower: y - error, upper: y + error };
      }),
    )],
    levels: [
      { name: "fire9 in random bases", source: "bound", value: mean(found.rotated.flatMap(value)) },
      ...permuted === undefined ? [] : [{
        name: "fire9, permuted weights",
        source: "bound" as const,
        value: mean(value(permuted)),
      }],
    ],
  });
  return [{
    id: "depth",
    title: "Single units find classes of photographs, the later the better",
    caption:
      "Average precision of the unit that finds a class best, chosen on one half of the photographs and tested on the other. Left: mean over " +
      "the classes of Caltech 101, with one standard error. Middle: faces, which ImageNet has no class of. Right: airplanes, the example of the " +
      "slides: what permuted weights reach (dotted) says how little this example shows.",
    columns: 3,
    panels: [
      panel("all classes", precisions),
      panel("faces", ({ faces }) => [faces.precision]),
      panel("airplanes", ({ airplanes }) => [airplanes.precision]),
    ],
  }];
}

/** How many classes the table of units shows. */
const shownClasses = 12;

/** The classes that single units find best. */
function classes(source: Source): Figure[] {
  const found = imagesOf(source, "images/squeezenet/trained");
  if (found === undefined) return [];
  const last = found.stages.at(-1)!;
  const rows = found.classes.map((name, i) => ({
    name,
    ...last.classes[i]!,
    rotated: mean(found.rotated.map(({ classes }) => classes[i]!.precision)),
  })).sort((a, b) => b.precision - a.precision).slice(0, shownClasses);
  return [{
    id: "classes",
    title: "The classes that single units of fire9 find best",
    caption:
      "Average precision on photographs that the unit was not chosen by, and the mean of as many random bases of the same units.",
    panels: [{
      kind: "table",
      columns: ["class", "unit", "average precision", "random bases"],
      rows: rows.map(({ name, unit, precision, rotated }) => [
        name,
        String(unit),
        precision.toFixed(2),
        rotated.toFixed(2),
      ]),
    }],
  }];
}

/** The stages of coco128 with learnt weights, from the input on. */
function trainedMasks(source: Source): MaskDetection[] {
  return source.finished("masks").map(({ result }) => result).filter(({ permuted }) => permuted === null);
}

/** Concepts by layer. */
function concepts(source: Source): Figure[] {
  const stages = trainedMasks(source);
  if (stages.length === 0) return [];
  const count = (kind: (concept: number) => boolean): LinePoint[] =>
    stages.map(({ units }, i) => ({
      x: i + 1,
      y: mean(units[0]!.found.map((found) => new Set(found.filter((concept) => kind(concept + 1))).size)),
    }));
  const x = {
    label: `stage (${stages.map(({ stage }, i) => `${i + 1}: ${stage}`).join(", ")})`,
    ticks: stages.map((_, i) => i + 1),
  };
  const panels: Panel[] = [
    {
      kind: "lines",
      title: "different concepts with a detector",
      x,
      y: { label: "concepts" },
      lines: [
        line("things", count((label) => label <= lastThing)),
        line("stuff", count((label) => label > lastThing)),
      ],
    },
    {
      kind: "lines",
      title: "best unit and colour",
      x,
      y: { label: "IoU" },
      lines: [line("colours", stages.map(({ colour }, i) => ({ x: i + 1, y: mean(colour) })))],
    },
  ];
  return [{
    id: "concepts",
    title: "Concepts by layer: colours first, things last",
    caption:
      "Units of SqueezeNet on coco128. Left: different things (person, bus) and different stuff (sky, grass) that some unit detects with an IoU above " +
      "0.04 on the half of the photographs that the pair was not chosen by; mean of both ways round. Right: the largest IoU of a unit and one of eleven colours.",
    panels,
  }];
}

/** What detectors see. */
function detectors(source: Source): Figure[] {
  const found = trainedMasks(source).at(-1);
  if (found === undefined || found.shown.length === 0) return [];
  return [{
    id: "detectors",
    title: `What units of ${found.stage} see`,
    caption:
      "For each unit the photographs of the tested half on which it is largest, a row each; what is not among its largest activations is dark. " +
      "The concept is the one whose masks it meets best; labels: concept, unit, IoU. Names say what the masks say: an umbrella may be the colour blue.",
    columns: 1,
    panels: found.shown.map(({ unit, concept, iou, images }): TilePanel => {
      const side = Math.sqrt(images[0]!.length / 3);
      return {
        kind: "tiles",
        title: `${concept}: unit ${unit}, IoU ${iou.toFixed(2)}`,
        columns: images.length,
        colours: "rgb",
        range: "panel",
        tiles: images.map((values) => ({ width: side, height: side, values })),
      };
    }),
  }];
}

/** What excites units most, by stage. */
function patches(source: Source): Figure[] {
  return source.finished("patches").map(({ result }) => ({
    id: "patches",
    title: "The patches that excite units most",
    caption:
      "For some units of each stage the patches of the photographs that excite them most, a row a unit, one patch a photograph, each as large as what " +
      "the unit depends on (7 pixels in conv1, 155 in fire9). The first layer's are alike; later ones have less in common than the eye expects.",
    columns: 1,
    panels: result.map(({ stage, shown }): TilePanel => ({
      kind: "tiles",
      title: stage,
      columns: shown[0]!.patches.length,
      colours: "rgb",
      range: "panel",
      tiles: shown.flatMap(({ unit, patches }) =>
        patches.map((values, i) => ({
          width: Math.sqrt(values.length / 3),
          height: Math.sqrt(values.length / 3),
          values,
          ...i === 0 ? { label: `unit ${unit}` } : {},
        }))
      ),
    })),
  }));
}
