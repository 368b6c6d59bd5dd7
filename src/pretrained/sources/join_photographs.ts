import type { PhotographReading, PhotographSource } from "../../data/sources/photographs.ts";

/**
 * Several sources of photographs as one, for a job that reads them one after the other.
 *
 * @param sources At least one, of one data set.
 */
export function joinPhotographs(sources: readonly PhotographSource[]): PhotographSource {
  return {
    dataset: sources[0]!.dataset,
    resolve: (found): PhotographReading => {
      const readings = sources.map((source) => source.resolve(found));
      const { leaves } = readings[0]!;
      return {
        ...readings[0]!,
        files: readings.flatMap(({ files }) => files),
        leaves: leaves && { ...leaves, seeds: readings.flatMap(({ leaves }) => leaves!.seeds) },
      };
    },
  };
}
