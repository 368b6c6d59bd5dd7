import { totalOf } from "../../src/nn/descriptions/network_description.ts";
import { mean } from "../../src/numeric/statistics/mean.ts";
import type { Figure, MatrixPanel, PointGroup, TablePanel, Tile } from "../../src/suite/figure.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import { bandedMatrix } from "./method/banded_matrix.ts";
import type { BestPatches, PatchExample } from "./method/best_patch.ts";
import type { NoiseShift, PooledShift, PoolingName } from "./method/pooled_shifts.ts";
import type { NetworkResult, tasks } from "./run.ts";

/** The figures of convolution_arithmetic. */
export function figures({ finished }: FigureSource<typeof tasks>): Figure[] {
  const networks = finished("network");
  const [noise] = finished("noise");
  return [
    ...networks.length === 0 ? [] : [layerTables(networks)],
    bands(),
    ...finished("patches").map(({ result }) => patchTiles(result)),
    ...finished("pooling").map(({ result }) => pooledShifts(result, noise?.result ?? [])),
  ];
}

const networkTitles: Readonly<Record<string, string>> = {
  "network/lenet5": "LeNet-5",
  "network/alexnet": "AlexNet",
  "network/vgg": "VGG-16",
};

/** Shapes, parameters and connections, layer by layer. */
function layerTables(networks: readonly { readonly job: string; readonly result: NetworkResult }[]): Figure {
  const whole = (value: number) => value.toLocaleString("en");
  const panel = ({ job, result: { described } }: (typeof networks)[number]): TablePanel => ({
    kind: "table",
    title: networkTitles[job] ?? job,
    columns: ["layer", "shape", "parameters", "connections"],
    rows: [
      ...described.map(({ name, shape, parameters, connections }) => [
        name,
        shape.join(" × "),
        whole(parameters),
        whole(connections),
      ]),
      ["all", "", whole(totalOf(described, "parameters")), whole(totalOf(described, "connections"))],
    ],
  });
  const differences =
    networks.flatMap(({ result: { described, built } }) =>
      described.filter(({ parameters }, i) => parameters !== built[i]!.parameters)
    ).length;
  return {
    id: "layers",
    title: "Networks, layer by layer",
    caption:
      "Counted from descriptions; rows × columns × maps. A connection is a pair of a unit and a value that it sees, its " +
      `bias among them, and padding is none. Networks that tfjs-layers built of the descriptions have ${
        differences === 0 ? "the same parameters in every layer" : `other parameters in ${differences} layers`
      }.`,
    columns: 3,
    panels: networks.map(panel),
  };
}

/** The convolution of a small image as a matrix. */
function bands(): Figure {
  const side = 6;
  const kernel = 3;
  const values = Float64Array.from({ length: 2 * kernel ** 2 }, (_, i) => Math.cos(1 + 2 * i));
  const filters = { values, maps: 2, channels: 1, kernel };
  const panel = (title: string, border: "valid" | "circular"): MatrixPanel => {
    const { values, rows, columns } = bandedMatrix(filters, side, border);
    return {
      kind: "matrix",
      title,
      rowLabel: "output",
      columnLabel: "pixel",
      rows,
      columns,
      values: Array.from(values, Math.abs),
      domain: [0, 1],
    };
  };
  return {
    id: "bands",
    title: "A convolution as a banded matrix",
    caption:
      `Two filters of ${kernel} × ${kernel} on an image of ${side} × ${side}: one block of rows a map, the absolute values of the ` +
      "same nine weights along every diagonal. Left: places where the filter fits. Right: the control, whose bands wrap around.",
    columns: 2,
    panels: [panel("banded Toeplitz", "valid"), panel("circulant", "circular")],
  };
}

/** Filters, and what gradient ascent makes of random patches. */
function patchTiles({ examples, stuck }: BestPatches): Figure {
  const parts = ["filter", "start", "sphere", "box"] as const;
  const labels: Readonly<Record<(typeof parts)[number], string>> = {
    filter: "filter",
    start: "start",
    sphere: "best, unit norm",
    box: "best, in a box",
  };
  const tile = (example: PatchExample, part: (typeof parts)[number]): Tile => {
    const values = example[part];
    const side = Math.sqrt(values.length);
    return { width: side, height: side, values, label: labels[part] };
  };
  return {
    id: "best-patches",
    title: "The patch that a filter answers most",
    caption:
      "Each row: a filter, a random start, what gradient ascent on the response makes of it on the sphere of unit norm (the " +
      "filter) and with every pixel in [−1, 1] (its signs). Through a ReLU " +
      `${(100 * mean(stuck)).toFixed(0)} % of random starts never move.`,
    panels: [{
      kind: "tiles",
      columns: parts.length,
      colours: "diverging",
      range: "tile",
      tiles: examples.flatMap((example) => parts.map((part) => tile(example, part))),
    }],
  };
}

const poolingTitles: Readonly<Record<PoolingName, string>> = {
  "none": "none",
  "stride": "every second place",
  "average": "mean of 2 × 2",
  "max": "maximum of 2 × 2",
  "max4": "maximum of 4 × 4",
  "global": "one maximum a map",
};

/** Digits that are shown of each pooling. */
const shownDigits = 150;

/** What a shift by one pixel keeps and moves, a point a digit. */
function pooledShifts(
  shifts: Readonly<Record<PoolingName, readonly PooledShift[]>>,
  noise: readonly NoiseShift[],
): Figure {
  const names = Object.keys(poolingTitles) as PoolingName[];
  const group = (name: PoolingName): PointGroup => ({
    name: poolingTitles[name],
    points: shifts[name].slice(0, shownDigits).map(({ kept, move }) => ({ x: kept, y: move })),
    centre: { x: mean(shifts[name].map(({ kept }) => kept)), y: mean(shifts[name].map(({ move }) => move)) },
  });
  const described = names.map((name) => {
    const { x, y } = group(name).centre!;
    return `${poolingTitles[name]} ${(100 * x).toFixed(0)} % and ${y.toFixed(2)}`;
  }).join(", ");
  return {
    id: "pooled-shifts",
    title: "What poolings make of a shift by one pixel",
    caption:
      `Digits behind four oriented 5 × 5 filters and a ReLU, a point each (the first ${
        Math.min(shownDigits, shifts.none.length)
      }); the larger mark is the mean over all ${shifts.none.length}: ${described}. Right: maxima over p × p windows of white noise, ` +
      "of which a shift keeps (p − 1) / (p + 1).",
    columns: 2,
    panels: [
      {
        kind: "points",
        title: "digits",
        x: { label: "share of values that stay as they are", domain: [-0.05, 1.05] },
        y: { label: "relative move of the maps", domain: [-0.05, 0.85] },
        groups: names.map(group),
      },
      {
        kind: "lines",
        title: "white noise",
        x: { label: "p", ticks: noise.map(({ window }) => window) },
        y: { label: "share of maxima kept", domain: [0, 0.8] },
        lines: [
          {
            name: "measured",
            source: "measured",
            points: noise.map(({ window, windows, kept }) => ({ x: window, y: kept / windows })),
          },
          {
            name: "(p − 1) / (p + 1)",
            source: "bound",
            points: noise.map(({ window }) => ({ x: window, y: (window - 1) / (window + 1) })),
          },
        ],
      },
    ],
  };
}
