/**
 * Bruna & Mallat 2013, Table 1: how the energy of a scattering transform spreads over the orders m and the scales
 * 2^J. README.md says what the paper leaves open and what was chosen.
 *
 * @module
 */
import { type PhotographClass, photographClasses } from "../../src/data/sources/photographs.ts";
import {
  type Cell,
  cell,
  jobMaker,
  type Measurement,
  type Reproduction,
} from "../../src/suite/reproduction.ts";
import { brunaMallat2013 } from "../bruna_mallat_2013.ts";
import {
  chosenTable,
  comparedOrders,
  judgedScales,
  orderCell,
  orders,
  scales,
  tables,
  totalCell,
} from "./cells.ts";
import { figures } from "./figures.ts";
import { chooseConfiguration, chosenOn, type PrintedEnergy } from "./method/choose_configuration.ts";
import { energyOfOrder, type ImageEnergies, meanOverImages } from "./method/image_energies.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** Table 1 as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "scattering_energy",
  paper: brunaMallat2013,
  statement:
    "Two or three orders of scattering hold nearly all the energy of an image; higher orders take over as the scale grows.",
  datasets: ["caltech-101"],
  profiles,
  figures,

  plan({ settings, dataset, published }) {
    const classes = photographClasses(dataset("caltech-101"), settings);
    const printed: PrintedEnergy = (J, m) => published(orderCell("table1", J, m));
    return { cells: [...planTables(classes, settings), ...planChosenTable(classes, settings, printed)] };
  },
};

/** The tables of fixed frames, over all classes. */
function planTables(
  photographs: readonly PhotographClass[],
  { everyNthClassToOrder4, maxJ }: Settings,
): Cell[] {
  const classes = photographs.map(({ name, photographs }, position) => {
    const maxOrder = position % everyNthClassToOrder4 === 0 ? 4 : 3;
    const parameters = { maxOrder, maxJ };
    return {
      maxOrder,
      job: job("measureClass", { id: `class/${name}`, parameters, reads: { photographs } }),
    };
  });
  const jobsToOrder = (m: number) => classes.filter(({ maxOrder }) => m <= maxOrder).map(({ job }) => job);
  return tables.flatMap((table) =>
    scales.filter((J) => J <= maxJ).flatMap((J) => [
      ...orders(J).map((m) =>
        cell(orderCell(table, J, m), jobsToOrder(m), (results) =>
          measurement(
            results.map((images) => images[table]),
            energyOfOrder(J, m),
          ))
      ),
      cell(totalCell(table, J), jobsToOrder(3), (results) =>
        measurement(
          results.map((images) => images[table]),
          totalEnergy(J),
        )),
    ])
  );
}

/**
 * The table of the configuration that the printed J <= 4 choose on one half of the classes, judged at larger scales on the other
 * half. Every other class in the order of their names chooses; that was fixed before any was measured.
 */
function planChosenTable(
  photographs: readonly PhotographClass[],
  { maxJ }: Settings,
  printed: PrintedEnergy,
): Cell[] {
  const maxOrder = comparedOrders.at(-1)!;
  const choosing = photographs.filter((_, position) => position % 2 === 0).map(({ name, photographs }) =>
    job("measureChoosing", {
      id: `choosing/${name}`,
      parameters: { maxOrder, maxJ: chosenOn },
      reads: { photographs },
    })
  );
  const judging = photographs.filter((_, position) => position % 2 === 1).map(({ name, photographs }) =>
    job("measureJudging", { id: `judging/${name}`, parameters: { maxOrder, maxJ }, reads: { photographs } })
  );
  const chosenCell = (id: string, quantity: (image: ImageEnergies) => number) =>
    cell(id, { choosing, judging }, ({ choosing, judging }) => {
      const chosen = chooseConfiguration(choosing, printed);
      return measurement(judging.map((images) => images[chosen]), quantity);
    });
  return judgedScales.filter((J) => J <= maxJ).flatMap((J) => [
    ...comparedOrders.map((m) => chosenCell(orderCell(chosenTable, J, m), energyOfOrder(J, m))),
    chosenCell(totalCell(chosenTable, J), totalEnergy(J)),
  ]);
}

/** Gives the sum of the orders m <= 3 at the scale 2^J. */
function totalEnergy(J: number): (image: ImageEnergies) => number {
  return (image) => {
    const energies = image[J - 1]!;
    return energies.slice(0, 4).reduce((sum, energy) => sum + energy, 0);
  };
}

function measurement(
  classes: readonly (readonly ImageEnergies[])[],
  quantity: (image: ImageEnergies) => number,
): Measurement {
  const { mean, standardError } = meanOverImages(classes, quantity);
  return { values: [mean], ...(standardError === null ? {} : { standardError }), unitOfError: "class" };
}
