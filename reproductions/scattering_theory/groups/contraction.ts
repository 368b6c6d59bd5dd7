/**
 * Contraction: pairs that are sought to be as far apart as possible behind the transform.
 *
 * @module
 */
import { power } from "../../../src/numeric/linalg/power.ts";
import { mnist } from "../../../src/data/sources/labelled_image_sources.ts";
import { type Cell, cell } from "../../../src/suite/reproduction.ts";
import { contractionCell, kinds } from "../cells.ts";
import type { SoughtPair } from "../method/contraction.ts";
import { photographFiles, photographNames, textureNames, textureSource } from "../method/pictures.ts";
import type { Settings } from "../profiles.ts";
import type { SearchResult } from "../run.ts";
import { extreme, job, largest } from "./shared.ts";

/** The cells of this group. */
export function contractionCells(
  { contraction: { spline, morlet, starts, search }, digits }: Settings,
): Cell[] {
  const ofBank = (bank: "spline" | "kymatio", size: typeof spline, starts: number) => {
    const parameters = (kind: string) => ({ bank, ...size, search, starts, kind });
    const sources = {
      photographs: photographFiles(photographNames.slice(0, starts)),
      textures: textureSource(textureNames.slice(-starts)),
      digits: mnist.test.first(digits),
    };
    const id = (kind: string) => `contraction/${bank}/${kind}`;
    return {
      photographs: job("seekPairs", {
        id: id("photographs"),
        parameters: parameters("photographs"),
        reads: { pictures: sources.photographs },
      }),
      textures: job("seekPairs", {
        id: id("textures"),
        parameters: parameters("textures"),
        reads: { pictures: sources.textures },
      }),
      digits: job("seekPairs", {
        id: id("digits"),
        parameters: parameters("digits"),
        reads: { pictures: sources.digits },
      }),
      fields: job("seekPairsOfFields", { id: id("fields"), parameters: parameters("fields") }),
    };
  };
  const searches = ofBank("spline", spline, starts);
  const everySearch = kinds.map((kind) => searches[kind]);
  const { photographs, fields } = ofBank("kymatio", morlet, 1);
  const morletSearches = [photographs, fields];
  const ratios = (results: readonly SearchResult[], of: (pair: SoughtPair) => boolean = () => true) =>
    Math.max(...results.flatMap(({ pairs }) => pairs.filter(of).map(({ ratio }) => ratio)));
  return [
    ...kinds.map((kind) =>
      cell(contractionCell(kind), [searches[kind]], (results) => extreme(ratios(results)))
    ),
    cell(
      "contraction/spline/zero-mean",
      everySearch,
      (results) => extreme(ratios(results, ({ anyMean }) => !anyMean)),
    ),
    cell("order/contraction/random-sought", everySearch, (results) =>
      extreme(
        Math.max(...results.map(({ largestOfPairs }) => largestOfPairs)) -
          ratios(results, ({ anyMean }) => !anyMean),
      )),
    cell(
      "contraction/spline/convergence",
      everySearch,
      (results) => largest(results.flatMap(({ pairs }) => pairs.map(({ lateChange }) => lateChange))),
    ),
    cell("contraction/morlet/largest", morletSearches, (results) => extreme(ratios(results))),
    cell("contraction/morlet/bound", morletSearches, (results) =>
      extreme(
        ratios(results) /
          power(
            Math.max(...results.map(({ littlewoodPaley }) => littlewoodPaley)),
            (search.maxOrder + 1) / 2,
          ),
      )),
  ];
}
