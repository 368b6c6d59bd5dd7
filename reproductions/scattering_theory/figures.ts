import { mean } from "../../src/numeric/statistics/mean.ts";
import { standardErrorOfMean } from "../../src/numeric/statistics/standard_error.ts";
import { splineBank } from "../../src/scattering/banks/spline_bank.ts";
import type { Figure, Line, LinePanel, LinePoint, TilePanel } from "../../src/suite/figure.ts";
import { filterPanel } from "../../src/suite/panels/filter_panel.ts";
import type { FigureSource } from "../../src/suite/reproduction.ts";
import {
  commutatorSizes,
  decayScales,
  envelopeScales,
  gaborSizes,
  kinds,
  L,
  limitScales,
  shifts,
  translationScales,
  warpSizes,
} from "./cells.ts";
import { torusWarps } from "./method/commutator.ts";
import type { PicturedMap } from "./method/pictured.ts";
import { littlewoodPaley1D, splineBank1D } from "./method/spline_filters.ts";
import { translationBound } from "./method/translation.ts";
import { warpNames } from "./method/warps.ts";
import type { tasks } from "./run.ts";

type Source = FigureSource<typeof tasks>;

/** The figures of scattering_theory, each where its jobs have finished. */
export function figures(source: Source): Figure[] {
  return [
    ...propagator(source),
    tiling(),
    ...envelope(source),
    ...secondLayer(source),
    ...contraction(source),
    ...decay(source),
    ...translation(source),
    ...deformation(source),
    ...commutator(source),
    ...limit(source),
    ...textures(source),
  ];
}

/** A mean with one standard error on either side. */
function meanPoint(x: number, values: readonly number[]): LinePoint {
  const y = mean(values);
  const error = standardErrorOfMean(values);
  return error === null ? { x, y } : { x, y, lower: y - error, upper: y + error };
}

function line(name: string, points: readonly LinePoint[], source: Line["source"] = "measured"): Line {
  return { name, source, points };
}

function plain(x: readonly number[], y: readonly number[]): LinePoint[] {
  return x.map((value, i) => ({ x: value, y: y[i]! }));
}

/** U[p] x above, U[p] x * phi below: Fig. 1 of the slides as pictures. */
function propagator(source: Source): Figure[] {
  return source.finished("propagate").map(({ result: { side, maps } }) => {
    const tiles = (isAveraged: boolean): TilePanel => {
      const chosen = maps.filter((map) => map.isAveraged === isAveraged);
      return {
        kind: "tiles",
        title: isAveraged ? "S[p] x = U[p] x ∗ φ" : "U[p] x",
        columns: chosen.length,
        colours: "grey",
        range: "tile",
        tiles: chosen.map(({ path, values }) => ({
          width: side,
          height: side,
          values,
          label: labelOf(path),
        })),
      };
    };
    return {
      id: "propagator",
      title: "The propagator: moduli of wavelet coefficients, again and again, and their averages",
      caption:
        "A photograph, moduli of the first layer at two scales and two directions, and moduli of the second layer below the " +
        "first of them; under each its average, which is what a scattering transform keeps. A tile has its own range of greys. " +
        "Labels: scale j and direction of each wavelet, in degrees from the rows.",
      columns: 1,
      panels: [tiles(false), tiles(true)],
    };
  });
}

function labelOf(path: PicturedMap["path"]): string {
  if (path.length === 0) return "x";
  return path.map(({ j, theta }) => `${j}, ${Math.round((180 * theta) / L)}°`).join(" → ");
}

/** How wavelets tile frequencies: a line, and the plane. */
function tiling(): Figure {
  const length = 512;
  const bank = splineBank1D(length, 5);
  const half = Array.from({ length: length / 2 }, (_, k) => k);
  const points = (values: Float64Array) =>
    half.map((k) => ({ x: (2 * Math.PI * k) / length, y: values[k]! }));
  const lines: LinePanel = {
    kind: "lines",
    title: "one dimension",
    x: { label: "frequency (rad)" },
    y: { label: "squared modulus / 2", domain: [0, 1.1] },
    lines: [
      ...bank.wavelets.map((psi, j) => line(`ψ, j = ${j}`, points(psi.map((value) => value ** 2 / 2)))),
      line("φ", points(bank.phi.map((value) => value ** 2))),
      line("sum", points(littlewoodPaley1D(bank)), "bound"),
    ],
  };
  const side = 64;
  const { wavelets, phi } = splineBank.build({ height: side, width: side, J: 3, L });
  const centred = (filter: Float64Array) =>
    Array.from(
      filter,
      (_, i) => filter[((Math.floor(i / side) + side / 2) % side) * side + ((i + side / 2) % side)]! ** 2,
    );
  return {
    id: "tiling",
    title: "Wavelets tile the frequencies",
    caption:
      "Left: cubic spline wavelets of one dimension at positive frequencies, each octave half as wide as the one before, and the " +
      "low-pass; their sum, dotted, is 1 everywhere. Middle: the squared filters of the plane, one row a scale, frequency zero in the centre; " +
      "each covers one direction. Right: the real parts of the same wavelets.",
    columns: 3,
    panels: [
      lines,
      {
        kind: "tiles",
        title: "two dimensions",
        columns: L,
        colours: "grey",
        range: "tile",
        tiles: [
          ...wavelets.map(({ j, psi }) => ({
            width: side,
            height: side,
            values: centred(psi),
            label: `j=${j}`,
          })),
          { width: side, height: side, values: centred(phi), label: "φ" },
        ],
      },
      filterPanel("as images", splineBank.build({ height: 32, width: 32, J: 3, L })),
    ],
  };
}

/** The modulus as a regular envelope. */
function envelope(source: Source): Figure[] {
  const measured = source.finished("measureEnvelope").flatMap(({ result }) => result);
  return source.finished("layerSignal").map(
    ({ result: { signal, real, envelope, powerOfReal, powerOfEnvelope, j1 } }) => {
      const at = signal.map((_, i) => i);
      const omega = powerOfReal.map((_, k) => (2 * Math.PI * k) / signal.length);
      const largest = Math.max(...powerOfReal, ...powerOfEnvelope);
      const shares = (name: string, of: (j: number) => readonly number[]) =>
        line(name, envelopeScales.map((j) => meanPoint(j, of(j))));
      return {
        id: "envelope",
        title: "The modulus of wavelet coefficients is a regular envelope",
        caption:
          `A line of a photograph (first), the real part of its wavelet coefficients of scale j = ${j1} and their modulus (second), ` +
          "and the spectra of the two, without their means (third): the oscillation is at the centre of the wavelet's band, the envelope near zero. " +
          "Fourth: of images, the share of energy below half the centre frequency, without the mean; bars are one standard error over images.",
        columns: 2,
        panels: [
          {
            kind: "lines",
            title: "signal",
            x: { label: "pixel" },
            y: { label: "x" },
            lines: [line("x", plain(at, signal))],
          },
          {
            kind: "lines",
            title: `scale j = ${j1}`,
            x: { label: "pixel" },
            y: { label: "coefficient" },
            lines: [line("real part", plain(at, real)), line("modulus", plain(at, envelope))],
          },
          {
            kind: "lines",
            title: "spectra",
            x: { label: "frequency (rad)" },
            y: { label: "power, largest = 1" },
            lines: [
              line("real part", plain(omega, powerOfReal.map((value) => value / largest))),
              line("modulus", plain(omega, powerOfEnvelope.map((value) => value / largest))),
            ],
          },
          {
            kind: "lines",
            title: "images",
            x: { label: "scale j", ticks: [...envelopeScales] },
            y: { label: "share below half the band", domain: [0, 1] },
            lines: measured.length === 0 ? [] : [
              shares("modulus", (j) => measured.map(({ shares }) => shares[j]!.modulus)),
              shares("|real part|", (j) => measured.map(({ shares }) => shares[j]!.rectified)),
              shares("real part", (j) => measured.map(({ shares }) => shares[j]!.real)),
            ],
          },
        ],
      };
    },
  );
}

/** What an average loses of an envelope is in its wavelet coefficients. */
function secondLayer(source: Source): Figure[] {
  return source.finished("layerSignal").map(({ result }) => {
    const { envelope, average, second, secondEnvelope, j1, j2 } = result;
    const at = envelope.map((_, i) => i);
    return {
      id: "second-layer",
      title: "The second layer recovers what the average loses",
      caption:
        `Left: the envelope of scale j = ${j1} of the line in the figure before, and its average. Right: the wavelet coefficients of that ` +
        `envelope at scale j = ${j2}, which oscillate where the average is smooth, and their modulus, the second layer.`,
      columns: 2,
      panels: [
        {
          kind: "lines",
          title: "first layer",
          x: { label: "pixel" },
          y: { label: "modulus" },
          lines: [line("|x ∗ ψ|", plain(at, envelope)), line("average", plain(at, average))],
        },
        {
          kind: "lines",
          title: "second layer",
          x: { label: "pixel" },
          y: { label: "coefficient" },
          lines: [line("real part", plain(at, second)), line("modulus", plain(at, secondEnvelope))],
        },
      ],
    };
  });
}

/** How power iteration climbs towards the bound. */
function contraction(source: Source): Figure[] {
  const results = [...source.finished("seekPairs"), ...source.finished("seekPairsOfFields")]
    .map(({ result }) => result);
  if (results.length === 0) return [];
  const panel = (bank: "spline" | "kymatio", title: string): LinePanel => ({
    kind: "lines",
    title,
    x: { label: "iteration" },
    y: { label: "‖D h‖ / ‖h‖" },
    levels: [{ name: "1", source: "bound", value: 1 }],
    lines: kinds.flatMap((kind) =>
      results.filter((result) => result.bank === bank && result.kind === kind).flatMap(({ pairs }) =>
        pairs.filter(({ anyMean }) => !anyMean).slice(0, 1).map(({ trace }) =>
          line(kind, trace.map((y, i) => ({ x: i + 1, y })))
        )
      )
    ),
  });
  return [{
    id: "contraction",
    title: "Seeking the pair of images that a scattering transform expands most",
    caption:
      "Power iteration on the derivative at one image of each kind, among directions of mean zero: how much the direction is " +
      "expanded after each iteration of the best round. Left: the spline frame, for which the bound is 1. Right: kymatio's Morlet wavelets, " +
      "which are no tight frame.",
    columns: 2,
    panels: [panel("spline", "spline frame"), panel("kymatio", "Morlet wavelets")],
  }];
}

/** Energy left after each order. */
function decay(source: Source): Figure[] {
  const left = source.finished("leaveEnergy").flatMap(({ result }) => result);
  if (left.length === 0) return [];
  const diracs = source.finished("leaveEnergyOfDirac").map(({ result }) => result.at(-1)!);
  return [{
    id: "decay",
    title: "Energy that is left after each order",
    caption:
      "‖U[m] x‖^{2} over all paths, as a share of ‖x‖^{2}: mean over photographs, bars are one standard error. The wider the average (the larger J), the " +
      "less each order takes. A single pixel, whose moduli stay sparse, keeps more of it for longer: no rate holds for every image.",
    panels: [{
      kind: "lines",
      x: { label: "order m", ticks: [0, 1, 2, 3] },
      y: { label: "energy left", scale: "log" },
      lines: [
        ...decayScales.map((J, n) =>
          line(`J = ${J}`, [0, 1, 2, 3].map((m) => meanPoint(m, left.map((byScale) => byScale[n]![m]!))))
        ),
        ...diracs.map((dirac) => line(`one pixel, J = ${decayScales.at(-1)}`, plain([0, 1, 2, 3], dirac))),
      ],
    }],
  }];
}

/** Distances of shifted images against J. */
function translation(source: Source): Figure[] {
  const images = source.finished("translate").flatMap(({ result }) => result);
  if (images.length === 0) return [];
  const shown = [1, 4, 16];
  return [{
    id: "translation",
    title: "Invariance to translation grows with the scale of the average",
    caption:
      "‖S x − S L x‖ / ‖x‖ for shifts along the rows: mean over images, bars are one standard error. Dotted: the bound for the smallest shift. " +
      "At J = 7 the average covers all of the periodic image but its diagonal frequencies.",
    panels: [{
      kind: "lines",
      x: { label: "J", ticks: [...translationScales] },
      y: { label: "distance", scale: "log" },
      lines: [
        ...shown.map((shift) =>
          line(
            `shift ${shift}`,
            translationScales.map((J, n) =>
              meanPoint(J, images.map(({ averaged }) => averaged[n]![shifts.findIndex((s) => s === shift)]!))
            ),
          )
        ),
        line(
          `bound, shift ${shown[0]}`,
          translationScales.map((J) => ({ x: J, y: translationBound(J, shown[0]!) })),
          "bound",
        ),
      ],
    }],
  }];
}

/** Distances of warped images against the size of the warp. */
function deformation(source: Source): Figure[] {
  const images = source.finished("deform").flatMap(({ result }) => result);
  const gabors = source.finished("deformGabor").map(({ result }) => result);
  if (images.length === 0 && gabors.length === 0) return [];
  const panel = (warp: typeof warpNames[number]): LinePanel => ({
    kind: "lines",
    title: warp,
    x: { label: "sup |∇τ|", scale: "log" },
    y: { label: "distance", scale: "log" },
    lines: images.length === 0 ? [] : (["scattering", "fourier"] as const).map((representation) =>
      line(
        representation === "scattering" ? "scattering" : "Fourier modulus",
        warpSizes.map((size, n) => meanPoint(size, images.map((byWarp) => byWarp[warp][representation][n]!))),
      )
    ),
  });
  const highest = gabors.at(-1);
  return [{
    id: "deformation",
    title: "Stability to deformations",
    caption:
      "Distance of an image and its warps over its norm, against the size of the warp; mean over images, bars are one standard error. Last panel: a Gabor function " +
      "at the centre frequency of the finest wavelets and its dilations: the Fourier modulus moves by as much as it can, √2 (dotted), scattering does not.",
    columns: 2,
    panels: [
      ...warpNames.map(panel),
      {
        kind: "lines",
        title: "Gabor function, dilated",
        x: { label: "dilation", scale: "log" },
        y: { label: "distance", scale: "log" },
        levels: [{ name: "√2", source: "bound", value: Math.SQRT2 }],
        lines: highest === undefined ? [] : [
          line("scattering", plain(gaborSizes, highest.scattering)),
          line("Fourier modulus", plain(gaborSizes, highest.fourier)),
        ],
      },
    ],
  }];
}

/** The norm of the commutator over the size of the warp. */
function commutator(source: Source): Figure[] {
  const results = source.finished("commute").map(({ result }) => result);
  const widest = Math.max(...results.map(({ band }) => band));
  const found = (warp: typeof torusWarps[number], size: number) =>
    results.find((result) =>
      result.filters === "wavelets" && result.warp === warp && result.size === size && result.band === widest
    );
  if (results.length === 0) return [];
  return [{
    id: "commutator",
    title: "The commutator of wavelets and warps",
    caption:
      "‖W D − D W‖ by power iteration against the size of the warp, on images of frequencies up to π/2. Left: the norm. Right: the same over sup |∇τ|, which " +
      "the lemma bounds; large warps saturate.",
    columns: 2,
    panels: [false, true].map((isRatio): LinePanel => ({
      kind: "lines",
      x: { label: "sup |∇τ|", scale: "log" },
      y: isRatio ? { label: "‖W D − D W‖ / sup |∇τ|" } : { label: "‖W D − D W‖", scale: "log" },
      lines: torusWarps.map((warp) =>
        line(
          warp,
          commutatorSizes.map((size) => {
            const norm = found(warp, size)?.norm;
            return { x: size, y: norm === undefined ? null : isRatio ? norm / size : norm };
          }),
        )
      ),
    })),
  }];
}

/** How the average of an envelope goes to its L1 norm. */
function limit(source: Source): Figure[] {
  const images = source.finished("measureEnvelope").flatMap(({ result }) => result);
  if (images.length === 0) return [];
  return [{
    id: "limit",
    title: "The average of an envelope goes to its L1 norm",
    caption:
      "How far |x ∗ ψ| ∗ φ is from the constant ‖x ∗ ψ‖_{1} over the number of pixels, as a share of it, over all wavelets of four scales; mean over photographs, bars " +
      "are one standard error.",
    panels: [{
      kind: "lines",
      x: { label: "J", ticks: [...limitScales] },
      y: { label: "relative distance", scale: "log" },
      lines: [
        line(
          "|x ∗ ψ| ∗ φ",
          limitScales.map((J, n) => meanPoint(J, images.map(({ fromLimit }) => fromLimit[n]!))),
        ),
      ],
    }],
  }];
}

/** What orders 1 and 2 tell of textures. */
function textures(source: Source): Figure[] {
  const results = source.finished("tellTexture").map(({ result }) => result);
  if (results.length === 0) return [];
  return [{
    id: "textures",
    title: "Textures against fields of the same spectrum",
    caption:
      "ρ(1) and ρ(2): squared distance of the scattering coefficients of a texture from the mean of fields, over the variance of the fields. Left: Gaussian fields, which have the " +
      "spectrum of the texture on average. Right: fields that have it exactly, with the phases of noise, for which a Gaussian texture has 1. Dotted: 1.",
    columns: 2,
    panels: (["gaussian", "phases"] as const).map((kind) => ({
      kind: "points",
      title: kind === "gaussian" ? "Gaussian fields" : "phases of noise",
      x: { label: "ρ(1)", scale: "log" },
      y: { label: "ρ(2)", scale: "log" },
      levels: [
        { name: "1", source: "bound", value: 1 },
        { name: "1", source: "bound", axis: "x", value: 1 },
      ],
      groups: results.filter((result) => result.kind === kind).map(({ name, rho: [x, y] }) => ({
        name,
        points: [{ x, y }],
        centre: { x, y },
        nameAt: "centre",
      })),
    })),
  }];
}
