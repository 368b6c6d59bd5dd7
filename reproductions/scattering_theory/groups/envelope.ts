/**
 * The limit of the average, and the envelope that the modulus extracts.
 *
 * @module
 */
import { type Cell, cell } from "../../../src/suite/reproduction.ts";
import { envelopeCell, envelopeScales, L, limitScales, side } from "../cells.ts";
import { job, overImages, type Pictures } from "./shared.ts";

/** The cells of this group. */
export function envelopeCells({ photographs }: Pictures): Cell[] {
  const parameters = { side, L, scales: [...limitScales], waveletScales: envelopeScales.length };
  const jobs = photographs.map(({ name, pictures }) =>
    job("measureEnvelope", { id: `envelope/${name}`, parameters, reads: { pictures } })
  );
  const limit = (J: typeof limitScales[number]) =>
    cell(
      `limit/J=${J}`,
      jobs,
      (results) => overImages(results.flat().map(({ fromLimit }) => fromLimit[limitScales.indexOf(J)]!)),
    );
  const from = limitScales.indexOf(4);
  const to = limitScales.indexOf(6);
  return [
    limit(7),
    limit(4),
    cell(
      "limit/factor",
      jobs,
      (results) =>
        overImages(
          results.flat().map(({ fromLimit }) =>
            Math.exp(Math.log(fromLimit[to]! / fromLimit[from]!) / (to - from))
          ),
        ),
    ),
    cell(
      "limit/control/linear",
      jobs,
      (results) => overImages(results.flat().map(({ withoutModulus }) => withoutModulus)),
    ),
    ...envelopeScales.flatMap((j) => [
      cell(
        envelopeCell(j, "modulus"),
        jobs,
        (results) => overImages(results.flat().map(({ shares }) => shares[j]!.modulus)),
      ),
      cell(
        envelopeCell(j, "real"),
        jobs,
        (results) => overImages(results.flat().map(({ shares }) => shares[j]!.real)),
      ),
      cell(
        `order/envelope/j=${j}/rectified-modulus`,
        jobs,
        (results) =>
          overImages(results.flat().map(({ shares }) => shares[j]!.rectified - shares[j]!.modulus)),
      ),
    ]),
  ];
}
