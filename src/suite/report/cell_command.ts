import type { Profile } from "../reproduction.ts";

/**
 * The command that measures one cell alone and keeps the other cells of the run: those of another number of seeds would be dropped.
 *
 * @param reproduction The id of the reproduction.
 * @param cell The id of the cell.
 * @param profile The profile.
 * @param seeds The number of seeds, where it is not the profile's; else `null`.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(cellCommand("energy", "table1/J=1", "standard"), "deno task reproduce energy --cell 'table1/J=1'");
 * assertEquals(
 *   cellCommand("sweep", "gap", "full", 5),
 *   "deno task reproduce sweep --cell 'gap' --profile full --seeds 5",
 * );
 * ```
 */
export function cellCommand(
  reproduction: string,
  cell: string,
  profile: Profile,
  seeds: number | null = null,
): string {
  const flags = [
    ...(profile === "standard" ? [] : [`--profile ${profile}`]),
    ...(seeds === null ? [] : [`--seeds ${seeds}`]),
  ];
  return ["deno task reproduce", reproduction, `--cell '${cell}'`, ...flags].join(" ");
}
