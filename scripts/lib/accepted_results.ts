import { reproductions } from "../../reproductions/mod.ts";
import type { Baseline } from "../../src/suite/golden/baseline.ts";
import type { Claim } from "../../src/suite/golden/claim.ts";
import { claimsOfProfile } from "../../src/suite/golden/claims_of_profile.ts";
import { loadBaselines, loadClaims } from "../../src/suite/golden/load_golden.ts";
import type { Profile, Reproduction } from "../../src/suite/reproduction.ts";
import { judgeCell } from "../../src/suite/runner/judge_cells.ts";
import type { MeasuredCell } from "../../src/suite/runner/measure_cells.ts";
import type { CellResult } from "../../src/suite/runner/results.ts";

/** The profiles whose accepted values the documents show. */
export const documentedProfiles = ["standard", "full"] as const;

/** One of them. */
export type DocumentedProfile = typeof documentedProfiles[number];

/** The accepted values of a reproduction in one profile, held against its golden file. */
export interface AcceptedProfile {
  /** The claims of the profile, in the order of the golden file. */
  readonly claims: readonly Claim[];
  /** A cell for each of them. */
  readonly cells: readonly CellResult[];
  /** The commits that measured them, in the order of the golden file, shortened. */
  readonly commits: readonly string[];
  /** How long a run of the profile takes on two cores. */
  readonly minutes: number;
}

/** A reproduction with its accepted values. */
export interface AcceptedReproduction {
  /** What it is. */
  readonly reproduction: Reproduction;
  /** What its README says that it is about, in a few words. */
  readonly subject: string;
  /** What was accepted of it, by profile. */
  readonly profiles: Readonly<Record<DocumentedProfile, AcceptedProfile>>;
}

/**
 * The accepted values of every reproduction: the baselines, judged as a run of them would be. Nothing is computed.
 *
 * @param root The root of the project.
 * @throws {GoldenError} Where a golden file or a baseline breaks its schema.
 */
export function acceptedResults(root: string): Promise<AcceptedReproduction[]> {
  return Promise.all(reproductions.map(async ({ load }) => {
    const reproduction = await load();
    const accepted = (profile: Profile) => acceptedOfProfile(`${root}/golden`, reproduction, profile);
    const subject = readSubject(`${root}/reproductions/${reproduction.id}/README.md`);
    return { reproduction, subject, profiles: { standard: accepted("standard"), full: accepted("full") } };
  }));
}

/** What the title of a README says behind the id. */
function readSubject(path: string): string {
  const [title = ""] = Deno.readTextFileSync(path).split("\n", 1);
  return title.slice(title.indexOf(": ") + 2);
}

function acceptedOfProfile(
  golden: string,
  { id, profiles }: Reproduction,
  profile: Profile,
): AcceptedProfile {
  const claims = claimsOfProfile(loadClaims(golden, id), profile);
  const baselines = loadBaselines(golden, id, profile);
  // A baseline that no golden row names any more is no result.
  const claimed = claims.flatMap(({ cell }) => baselines.get(cell) ?? []);
  return {
    claims,
    cells: claims.map((claim) => {
      const baseline = baselines.get(claim.cell);
      return judgeCell(claim, baseline && acceptedAsMeasured(baseline), baseline);
    }),
    commits: [...new Set(claimed.map(({ acceptedIn }) => acceptedIn.slice(0, 7)))],
    minutes: profiles[profile]?.minutes ?? 0,
  };
}

function acceptedAsMeasured({ value, standardError, dataDigest }: Baseline): MeasuredCell {
  return {
    measured: { value, standardError, unitOfError: null, values: [value] },
    dataDigest,
    standIn: false,
  };
}
