/**
 * Perfect reconstruction by filter banks.
 *
 * @module
 */
import { type Cell, cell } from "../../../src/suite/reproduction.ts";
import { photographFiles, photographNames } from "../method/pictures.ts";
import type { Settings } from "../profiles.ts";
import type { tasks } from "../run.ts";
import { extreme, job } from "./shared.ts";

/** The cells of this group. */
export function filterBankCells({ norm: { frame } }: Settings): Cell[] {
  const banks = job("tryFilterBanks", {
    id: "filter-bank",
    parameters: { length: 1024, frame },
    reads: { pictures: photographFiles([photographNames[0]]) },
  });
  const error = (id: string, of: keyof Awaited<ReturnType<typeof tasks.tryFilterBanks>>) =>
    cell(id, [banks], ([found]) => extreme(found![of]));
  return [
    error("filter-bank/spline/reconstruction", "reconstruction"),
    error("filter-bank/spline/energy", "energy"),
    error("filter-bank/spline/direct", "direct"),
    error("filter-bank/frame/reconstruction", "frame"),
    error("filter-bank/control/truncated", "truncated"),
    error("filter-bank/control/morlet", "morlet"),
  ];
}
