import { bilinear, resize } from "../../src/data/readers/images/resize.ts";
import { largest } from "../../src/numeric/largest.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import type { NetworkName } from "../../src/pretrained/sources/network_source.ts";
import { errorRate } from "../../src/suite/error_rates.ts";
import type { Figure, TablePanel, Tile, TilePanel } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import { dogAndCatJobId, pairJobId, type PairTask } from "./job_ids.ts";
import type { Excitement } from "./method/excite_units.ts";
import type { Occlusion, PairMaps, Pointing, tasks } from "./run.ts";

/** Seeds that a figure may have. */
const most = 100;

/** Networks in words. */
const titles: Readonly<Record<NetworkName, string>> = { squeezenet: "SqueezeNet", mobilenet: "MobileNet" };
const names = Object.keys(titles) as NetworkName[];

/** The figures of saliency. */
export function figures({ finished }: FigureSource<typeof tasks>): Figure[] {
  const maps = names.flatMap((name) =>
    finished("dogAndCat").filter(({ job }) => job === dogAndCatJobId(name)).map(({ result }) => ({
      name,
      result,
    }))
  );
  const [excited] = finished("excite");
  const pointed = finished("point");
  return [
    ...maps.length === 0 ? [] : [dogAndCat(maps)],
    ...excited === undefined ? [] : [unitFigure(excited.result)],
    ...pointed.length === 0 ? [] : [shareTable(pointed, finished("cover"))],
  ];
}

/** Pixels of the photograph for one of the picture. */
const coarser = 4;

/** A dog and a cat: one panel a network. */
function dogAndCat(maps: readonly { readonly name: NetworkName; readonly result: PairMaps }[]): Figure {
  const panel = ({ name, result }: typeof maps[number]): TilePanel => ({
    kind: "tiles",
    title: titles[name],
    columns: 3,
    colours: "rgb",
    range: "panel",
    tiles: result.classes.flatMap(({ cam, pre, occlusion }, place): Tile[] => {
      const animal = place === 0 ? "dalmatian" : "Egyptian cat";
      return [
        overlay(result, cam, `${animal}: Grad-CAM`),
        overlay(result, pre, `${animal}: before the ReLU`),
        overlay(result, occlusion, `${animal}: occlusion`),
      ];
    }),
  });
  return {
    id: "dog-and-cat",
    title: "A dog and a cat: where two networks see each",
    caption:
      "Red where a map is positive, as a share of its largest value: Grad-CAM of the last maps behind their ReLU and before it, and " +
      "what covering a square patch takes from the log probability of the class. Upper row: dalmatian; lower row: Egyptian cat.",
    columns: 1,
    panels: maps.map(panel),
  };
}

/** A pair in grey, with a map in red. */
function overlay({ side, picture }: PairMaps, map: PairMaps["classes"][number]["cam"], label: string): Tile {
  const height = Math.ceil(side / coarser);
  const width = Math.ceil(2 * side / coarser);
  const { data } = resize({ ...map, data: Float64Array.from(map.values) }, height, width, bilinear);
  const top = Math.max(largest(data), Number.MIN_VALUE);
  const values: number[] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = 3 * (coarser * row * 2 * side + coarser * column);
      const grey = 0.299 * picture[from]! + 0.587 * picture[from + 1]! + 0.114 * picture[from + 2]!;
      const heat = 0.7 * Math.max(0, data[row * width + column]! / top);
      values.push(...[255, 30, 0].map((colour) => Math.round((1 - heat) * grey + heat * colour)));
    }
  }
  return { width, height, values, label };
}

/** What excites units. */
function unitFigure(excitement: Excitement): Figure {
  return {
    id: "units",
    title: "What excites units of SqueezeNet",
    caption:
      "A row is a unit: left what it sees of the photographs that excite it most, right what the deconvolutional network takes back of its " +
      "strongest response there (grey is 0, each picture in its own range but for its most extreme hundredth). Units are those whose few largest maxima are the largest " +
      "multiple of their mean maximum, among those that respond in half of the photographs: nobody chose them. What they see grows " +
      "from 7 pixels (conv1) to 155 (fire9); all pictures have one size.",
    columns: 1,
    panels: excitement.map(({ stage, units }): TilePanel => ({
      kind: "tiles",
      title: stage,
      columns: 2 * (units[0]?.patches.length ?? 1),
      colours: "rgb",
      range: "panel",
      tiles: units.flatMap(({ unit, patches }) => {
        const side = Math.sqrt((patches[0]?.patch.length ?? 0) / 3);
        const tile = (values: readonly number[], i: number): Tile => ({
          width: side,
          height: side,
          values,
          ...i === 0 ? { label: `unit ${unit}` } : {},
        });
        return [
          ...patches.map(({ patch }, i) => tile(patch, i)),
          ...patches.map(({ projection }) => tile(stretched(projection), -1)),
        ];
      }),
    })),
  };
}

/** Around grey, so that all but the hundredth part of the samples that is farthest from it keep their order. */
function stretched(samples: readonly number[]): number[] {
  const grey = 128;
  const apart = samples.map((value) => Math.abs(value - grey)).sort((a, b) => a - b);
  const range = Math.max(1, apart[Math.floor(0.99 * apart.length)]!);
  return samples.map((value) => Math.round(Math.min(255, Math.max(0, grey + 127 * (value - grey) / range))));
}

/** How often each kind of map is right. */
function shareTable(
  pointed: readonly { readonly job: string; readonly result: Pointing }[],
  covered: readonly { readonly job: string; readonly result: Occlusion }[],
): Figure {
  const seeds = Array.from({ length: most }, (_, seed) => seed);
  const row = <Run>(
    runs: readonly { readonly job: string; readonly result: Run }[],
    task: PairTask,
    title: string,
    mistakes: (run: Run) => Pointing["cam"],
  ) => [
    title,
    ...names.map((name) => {
      const ids = seeds.map((seed) => pairJobId(task, name, seed));
      const own = runs.filter(({ job }) => ids.includes(job)).map(({ result }) => mistakes(result));
      if (own.length === 0) return "–";
      const decisions = own.reduce((sum, { tested }) => sum + tested, 0);
      return `${(100 - mean([...errorRate(own, "draw").values])).toFixed(1)} of ${decisions}`;
    }),
  ];
  const table: TablePanel = {
    kind: "table",
    columns: ["right (%)", ...Object.values(titles)],
    rows: [
      row(pointed, "point", "Grad-CAM behind the ReLU", ({ cam }) => cam),
      row(pointed, "point", "Grad-CAM before the ReLU", ({ pre }) => pre),
      row(pointed, "point", "last layer permuted", ({ lastPermuted }) => lastPermuted),
      row(pointed, "point", "all layers permuted", ({ allPermuted }) => allPermuted),
      row(covered, "cover", "covering a half", ({ half }) => half),
      row(covered, "cover", "the patch that costs most", ({ patch }) => patch),
      row(covered, "cover-permuted", "covering a half, permuted", ({ half }) => half),
      row(covered, "cover-permuted", "the patch, permuted", ({ patch }) => patch),
    ],
  };
  return {
    id: "pointing",
    title: "Which of two photographs side by side a class is in",
    caption:
      "Per cent of decisions that are right, two for each pair of photographs: a map's maximum, or what costs the class most when it is " +
      "covered, lies in the half of the class's photograph.",
    panels: [table],
  };
}
