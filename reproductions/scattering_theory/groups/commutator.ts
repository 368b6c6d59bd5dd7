/**
 * The commutator of wavelets and deformations.
 *
 * @module
 */
import { type Cell, cell, type Job } from "../../../src/suite/reproduction.ts";
import { commutatorCell, commutatorSizes } from "../cells.ts";
import { torusWarps } from "../method/commutator.ts";
import { exponent } from "../method/exponent.ts";
import type { Settings } from "../profiles.ts";
import { extreme, job, largest } from "./shared.ts";

/** The cells of this group. */
export function commutatorCells({ commutator: { frame, iterations, windowIterations } }: Settings): Cell[] {
  const band = Math.PI / 2;
  const bySize = torusWarps.map((warp) => ({
    warp,
    jobs: commutatorSizes.map((size) =>
      job("commute", {
        id: `commutator/${warp}/${size}`,
        parameters: { frame, filters: "wavelets", warp, size, band, iterations },
      })
    ),
  }));
  const inBands = (filters: "wavelets" | "windows", steps: number) =>
    [band, band / 2].map((band, octave) =>
      job("commute", {
        id: `commutator/${filters}/band-${octave}`,
        parameters: { frame, filters, warp: "dilation", size: 0.05, band, iterations: steps },
      })
    );
  const wavelets = inBands("wavelets", iterations);
  const windows = inBands("windows", windowIterations);
  const growth = (jobs: readonly Job<{ readonly norm: number }>[], id: string) =>
    cell(id, jobs, ([whole, half]) => extreme(whole!.norm / half!.norm));
  return [
    ...bySize.flatMap(({ warp, jobs }) => [
      cell(commutatorCell(warp, "exponent"), jobs, (results) => {
        const { slope, standardError } = exponent(commutatorSizes, results.map(({ norm }) => norm));
        return { values: [slope - 1], standardError };
      }),
      cell(
        commutatorCell(warp, "constant"),
        jobs,
        (results) => largest(results.map(({ norm }, n) => norm / commutatorSizes[n]!)),
      ),
    ]),
    cell(
      "commutator/convergence",
      [...bySize.flatMap(({ jobs }) => jobs), ...wavelets],
      (results) => largest(results.map(({ lateChange }) => lateChange)),
    ),
    growth(wavelets, "commutator/wavelets/growth"),
    growth(windows, "commutator/window/growth"),
  ];
}
