import type { Figure, Line, TilePanel } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import { classNames, median } from "./cells.ts";
import type { LearningRecord } from "./method/machines.ts";
import type { ClassName, HigherLayerRun, ShownBases, tasks } from "./run.ts";

const titles: Readonly<Record<ClassName | "mixture" | "kyoto", string>> = {
  faces: "faces",
  cars: "cars",
  airplanes: "airplanes",
  motorbikes: "motorbikes",
  mixture: "four classes mixed",
  kyoto: "natural images",
};

/** The figures of convolutional_dbn: those of the first seed. */
export function figures({ finished }: FigureSource<typeof tasks>): Figure[] {
  const first = finished("firstLayer")[0]?.result;
  const kyoto = finished("secondLayerOfKyoto")[0]?.result;
  const photographs = finished("layersOfPhotographs").map(({ result }) => result);
  const shown = [...classNames, "mixture" as const].flatMap((name) =>
    photographs.find(({ seen }) => seen === name) ?? []
  );
  const naturals: TilePanel[] = [
    ...first === undefined ? [] : [panel("first layer", first.bases, 12)],
    ...kyoto === undefined ? [] : [panel("second layer", kyoto.bases, 10)],
  ];
  const curves = [
    ...first === undefined ? [] : [line("first layer, natural images", first.records)],
    ...kyoto === undefined ? [] : [line(`second layer, ${titles.kyoto}`, kyoto.records)],
    ...shown.flatMap(({ seen, second, third }) => [
      line(`second layer, ${titles[seen]}`, second.records),
      ...third === null ? [] : [line("third layer, mixed", third.records)],
    ]),
  ];
  return [
    ...naturals.length === 0 ? [] : [{
      id: "natural-images",
      title: "Bases of natural images",
      caption:
        `Learnt from Kyoto's natural images; each basis is scaled by its largest value, black to white.${
          first === undefined
            ? ""
            : ` The median R² of Gabor functions of the first layer is ${median(first.r2).toFixed(2)}.`
        } Bases of the second layer are the weighted sums of those of the first.`,
      panels: naturals,
    }],
    ...shown.length === 0 ? [] : [{
      id: "objects",
      title: "Bases of classes of objects",
      caption:
        `Weighted sums of the bases below, each scaled by its largest value, black to white. Orientation coherence of the second layers, and of them with ` +
        `permuted channels: ${
          shown.map(({ seen, second }) => `${titles[seen]} ${coherenceText(second)}`).join(", ")
        }.`,
      columns: 2,
      panels: shown.flatMap(({ seen, second, third }) => [
        panel(`${titles[seen]}, second layer`, second.bases, 10),
        ...third === null ? [] : [panel(`${titles[seen]}, third layer`, third.bases, 8)],
      ]),
    }],
    ...curves.length === 0 ? [] : [{
      id: "held-out",
      title: "What layers do not reconstruct of held-out images",
      caption:
        "Squared error over variance, inside the border that is kept, by tenths of all updates. 1 is what the means of channels leave.",
      panels: [{
        kind: "lines" as const,
        x: { label: "share of all updates" },
        y: { label: "error / variance" },
        lines: curves,
      }],
    }],
  ];
}

function coherenceText({ coherence: { learnt, permuted } }: HigherLayerRun): string {
  return `${learnt.toFixed(2)} and ${permuted.toFixed(2)}`;
}

function panel(title: string, { side, images }: ShownBases, columns: number): TilePanel {
  return {
    kind: "tiles",
    title,
    columns,
    colours: "grey",
    range: "tile",
    tiles: images.map((values) => ({ width: side, height: side, values })),
  };
}

function line(name: string, records: readonly LearningRecord[]): Line {
  return {
    name,
    source: "measured",
    points: records.map(({ epoch, heldOut }) => ({ x: epoch / 10, y: heldOut })),
  };
}
