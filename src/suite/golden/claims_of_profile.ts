import type { Profile } from "../reproduction.ts";
import type { Claim } from "./claim.ts";

/**
 * The claims that hold for one profile: a row for the profile overrides the general row of its cell.
 *
 * @param claims All rows of a golden file.
 * @param profile The profile.
 * @returns One claim a cell, in the order in which the cells first stand in the file.
 */
export function claimsOfProfile(claims: readonly Claim[], profile: Profile): Claim[] {
  const byCell = new Map<string, Claim | null>();
  for (const claim of claims) {
    const known = byCell.get(claim.cell) ?? null;
    const holds = claim.profile === null ? known === null : claim.profile === profile;
    byCell.set(claim.cell, holds ? claim : known);
  }
  return [...byCell.values()].filter((claim) => claim !== null);
}
