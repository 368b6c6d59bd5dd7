import type { Claim } from "../../src/suite/golden/claim.ts";
import { claimsOfProfile } from "../../src/suite/golden/claims_of_profile.ts";
import { loadClaims } from "../../src/suite/golden/load_golden.ts";
import type { Results } from "../../src/suite/runner/results.ts";

/** The claims of every reproduction of a run. */
export function claimsOf(results: Results, root: string): Map<string, Claim[]> {
  return new Map(
    results.modules.map(({ id }) => [id, claimsOfProfile(loadClaims(`${root}/golden`, id), results.profile)]),
  );
}
