import { type ConfigurationEnergies, type ConfigurationName, configurations } from "./configurations.ts";
import { energyOfOrder, meanOverImages } from "./image_energies.ts";

/** What Table 1 prints for the scale 2^J and the order m, in percent of the energy. */
export type PrintedEnergy = (J: number, m: number) => number;

/** The largest scale on which the choice rests. */
export const chosenOn = 4;

/** The cells of single orders m <= 3 that the table prints for J <= {@linkcode chosenOn}. */
const scored = Array.from({ length: chosenOn }, (_, j) => j + 1).flatMap((J) =>
  [0, 1, 2, 3].filter((m) => m <= J).map((m) => ({ J, m }))
);

/**
 * How far a configuration is from the table on J <= 4: the root mean square of measured - printed over the 13 cells of single
 * orders, in points.
 *
 * @param choosing The energies of the classes that choose, for J = 1 to 4 at least.
 * @param name The configuration.
 * @param printed The table.
 */
export function score(
  choosing: readonly ConfigurationEnergies[],
  name: ConfigurationName,
  printed: PrintedEnergy,
): number {
  const classes = choosing.map((images) => images[name]);
  const squares = scored.map(({ J, m }) =>
    (meanOverImages(classes, energyOfOrder(J, m)).mean - printed(J, m)) ** 2
  );
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

/**
 * The configuration with the lowest {@linkcode score}; of equal ones the first.
 *
 * @param choosing The energies of the classes that choose; those that judge are not its business.
 * @param printed The table.
 */
export function chooseConfiguration(
  choosing: readonly ConfigurationEnergies[],
  printed: PrintedEnergy,
): ConfigurationName {
  const scores = configurations.map(({ name }) => ({ name, score: score(choosing, name, printed) }));
  return scores.reduce((best, other) => other.score < best.score ? other : best).name;
}
