/**
 * Bruna & Mallat 2013, Table 1: how the energy of a scattering transform spreads over the orders m and the scales
 * 2^J. README.md says what the paper leaves open and what was chosen.
 *
 * @module
 */
import { photographClasses } from "../../src/data/sources/photographs.ts";
import { clusteredStandardError } from "../../src/numeric/statistics/clustered_error.ts";
import { cell, jobMaker, type Measurement, type Reproduction } from "../../src/suite/reproduction.ts";
import { brunaMallat2013 } from "../bruna_mallat_2013.ts";
import { orderCell, orders, scales, tables, totalCell } from "./cells.ts";
import { figures } from "./figures.ts";
import type { TableName } from "./method/frames.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { ClassEnergies, tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** Table 1 as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "scattering_energy",
  paper: brunaMallat2013,
  datasets: ["caltech-101"],
  profiles,
  figures,

  plan({ settings, dataset }) {
    const { everyNthClassToOrder4, maxJ } = settings;
    const classes = photographClasses(dataset("caltech-101"), settings).map(
      ({ name, photographs }, position) => {
        const maxOrder = position % everyNthClassToOrder4 === 0 ? 4 : 3;
        const parameters = { maxOrder, maxJ };
        return {
          maxOrder,
          job: job("measureClass", { id: `class/${name}`, parameters, reads: { photographs } }),
        };
      },
    );
    const jobsToOrder = (m: number) => classes.filter(({ maxOrder }) => m <= maxOrder).map(({ job }) => job);
    const cells = tables.flatMap((table) =>
      scales.filter((J) => J <= maxJ).flatMap((J) => [
        ...orders(J).map((m) =>
          cell(orderCell(table, J, m), jobsToOrder(m), (results) =>
            meanOverImages(results, table, J, (energies) =>
              energies[m]!))
        ),
        cell(totalCell(table, J), jobsToOrder(3), (results) =>
          meanOverImages(results, table, J, (energies) =>
            energies.slice(0, 4).reduce((sum, energy) =>
              sum + energy, 0))),
      ])
    );
    return { cells };
  },
};

/** The mean over all images. Those of a class are not independent of each other, so its standard error is clustered by class. */
function meanOverImages(
  results: readonly ClassEnergies[],
  table: TableName,
  J: number,
  quantity: (energiesByOrder: readonly number[]) => number,
): Measurement {
  const perClass = results.map((images) => images[table].map((energies) => quantity(energies[J - 1]!)));
  const perImage = perClass.flat();
  const mean = perImage.reduce((sum, energy) => sum + energy, 0) / perImage.length;
  const standardError = clusteredStandardError(perClass);
  return { values: [mean], ...(standardError === null ? {} : { standardError }), unitOfError: "class" };
}
