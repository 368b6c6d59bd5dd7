/**
 * Textures told from fields of the same spectrum.
 *
 * @module
 */
import { jackknifeError } from "../../../src/numeric/statistics/jackknife_error.ts";
import { type Cell, cell, type Measurement } from "../../../src/suite/reproduction.ts";
import { L, textureCell } from "../cells.ts";
import { textureNames, textureSource } from "../method/pictures.ts";
import type { FieldKind, Separation } from "../method/second_layer.ts";
import type { Settings } from "../profiles.ts";
import { job } from "./shared.ts";

/** How many Gaussian fields take the place of a texture. */
const gaussianTextures = 9;

/** The cells of this group. */
export function secondLayerCells({ secondLayer }: Settings): Cell[] {
  const withError = (found: Separation, of: (rho: readonly [number, number]) => number): Measurement => ({
    values: [of(found.rho)],
    standardError: jackknifeError(found.without.map(of)),
    unitOfError: "draw",
  });
  const told = (kind: FieldKind) => {
    const parameters = { ...secondLayer, kind, L };
    const gaussian = Array.from({ length: gaussianTextures }, (_, seed) =>
      job("tellGaussian", {
        id: `second-layer/${kind}/field-${seed}`,
        parameters: { ...parameters, seed: 1 + 2 * seed },
      }));
    const textures = textureNames.map((name) => ({
      name,
      texture: job("tellTexture", {
        id: `second-layer/${kind}/${name}`,
        parameters: { ...parameters, name },
        reads: { pictures: textureSource([name]) },
      }),
    }));
    return [
      ...textures.flatMap(({ name, texture }) => [
        cell(textureCell(name, kind, 1), [texture], ([found]) => withError(found!, ([first]) => first)),
        cell(textureCell(name, kind, 2), [texture], ([found]) => withError(found!, ([, second]) => second)),
        ...kind === "gaussian"
          ? [
            cell(`order/second-layer/${name}/rho1-rho2`, [texture], ([found]) =>
              withError(found!, ([first, second]) =>
                first - second)),
          ]
          : [],
      ]),
      ...([1, 2] as const).map((m) =>
        cell(textureCell("gaussian", kind, m), gaussian, (results) => {
          // Phases alone leave 1, of which the claim is how far it is away.
          const expected = kind === "gaussian" ? 0 : 1;
          return { values: results.map(({ rho }) => rho[m - 1]! - expected), unitOfError: "draw" };
        })
      ),
    ];
  };
  return [...told("gaussian"), ...told("phases")];
}
