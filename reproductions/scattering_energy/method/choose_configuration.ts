import { type ConfigurationEnergies, type ConfigurationName, configurations } from "./configurations.ts";
import { energyOfOrder, meanOverImages } from "./image_energies.ts";

/**
 * What Table 1 prints for J = 1 to 4, m = 0 to 3: all that the rule of the choice knows of the table. The golden file has the
 * same numbers, for the verdicts (a test compares).
 */
export const printed: readonly (readonly number[])[] = [
  [95.1, 4.86],
  [87.56, 11.97, 0.35],
  [76.29, 21.92, 1.54, 0.02],
  [61.52, 33.87, 4.05, 0.16],
];

/** The largest scale on which the choice rests. */
export const chosenOn: number = printed.length;

/**
 * How far a configuration is from the table on J <= 4: the root mean square of measured - printed over the 13 cells of single
 * orders, in points.
 *
 * @param choosing The energies of the classes that choose, for J = 1 to 4 at least.
 * @param name The configuration.
 */
export function score(choosing: readonly ConfigurationEnergies[], name: ConfigurationName): number {
  const classes = choosing.map((images) => images[name]);
  const squares = printed.flatMap((orders, j) =>
    orders.map((energy, m) => (meanOverImages(classes, energyOfOrder(j + 1, m)).mean - energy) ** 2)
  );
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

/**
 * The configuration with the lowest {@linkcode score}; of equal ones the first.
 *
 * @param choosing The energies of the classes that choose; those that judge are not its business.
 */
export function chooseConfiguration(choosing: readonly ConfigurationEnergies[]): ConfigurationName {
  const scores = configurations.map(({ name }) => ({ name, score: score(choosing, name) }));
  return scores.reduce((best, other) => other.score < best.score ? other : best).name;
}
