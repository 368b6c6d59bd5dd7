import type { Claim } from "../src/golden/claim.ts";
import { claimsOfProfile } from "../src/golden/claims_of_profile.ts";
import { loadClaims } from "../src/golden/load_golden.ts";
import type { Results } from "../src/runner/results.ts";

/** The claims of every module of a run. */
export function claimsOf(results: Results, root: string): Map<string, Claim[]> {
  return new Map(
    results.modules.map(({ id }) => [id, claimsOfProfile(loadClaims(`${root}/golden`, id), results.profile)]),
  );
}
