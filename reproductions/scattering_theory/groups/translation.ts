/**
 * What translations change.
 *
 * @module
 */
import { type Cell, cell } from "../../../src/suite/reproduction.ts";
import { factorShifts, L, shifts, side, translationCell, translationScales } from "../cells.ts";
import { translationBound } from "../method/translation.ts";
import { job, largest, overImages, type Pictures } from "./shared.ts";

/** The cells of this group. */
export function translationCells({ photographs, textures }: Pictures): Cell[] {
  const parameters = { side, L, scales: [...translationScales], shifts: [...shifts] };
  const jobs = [...photographs, ...textures].map(({ name, pictures }) =>
    job("translate", { id: `translation/${name}`, parameters, reads: { pictures } })
  );
  // At 2^J = side the grid has no frequency where the bound is steepest.
  const local = translationScales.filter((J) => 2 ** J < side);
  const waves = job("translateWaves", {
    id: "translation/waves",
    parameters: { ...parameters, scales: local },
  });
  const coarsest = translationScales.length - 1;
  return [
    ...shifts.map((shift, s) =>
      cell(
        translationCell(shift),
        jobs,
        (results) => largest(results.flat().map(({ averaged }) => averaged[coarsest]![s]!)),
      )
    ),
    ...factorShifts.map((shift) => {
      const s = shifts.indexOf(shift);
      // From 2^J = twice the shift to 2^6: at 2^7 = side the average of periodic pixels is nearly exact.
      const used = translationScales.flatMap((J, n) => 2 ** J >= 2 * shift && 2 ** J < side ? [n] : []);
      const octaves = used.length - 1;
      return cell(
        `translation/factor/shift=${shift}`,
        jobs,
        (results) =>
          overImages(
            results.flat().map(({ averaged }) =>
              Math.exp(Math.log(averaged[used.at(-1)!]![s]! / averaged[used[0]!]![s]!) / octaves)
            ),
          ),
      );
    }),
    cell(
      "translation/monotone",
      jobs,
      (results) =>
        largest(
          results.flat().flatMap(({ averaged }) =>
            averaged.slice(1).flatMap((atJ, n) => atJ.map((distance, s) => distance / averaged[n]![s]!))
          ),
        ),
    ),
    cell("translation/bound", { jobs, waves: [waves] }, ({ jobs, waves }) =>
      largest([
        ...jobs.flat().flatMap(({ averaged }) =>
          averaged.flatMap((atJ, n) =>
            atJ.map((distance, s) => distance / translationBound(translationScales[n]!, shifts[s]!))
          )
        ),
        ...waves.flat(),
      ])),
    cell("translation/bound-reached", [waves], (results) => largest(results.flat())),
    cell(
      "translation/control/unaveraged",
      jobs,
      (results) => overImages(results.flat().map(({ unaveraged }) => unaveraged[shifts.indexOf(4)]!)),
    ),
  ];
}
