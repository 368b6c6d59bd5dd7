import type { ReproductionFigure } from "../../runner/paint_figures.ts";
import type { Results } from "../../runner/results.ts";

/** Where a picture comes from, for whoever finds it alone. */
export interface FigureStamp {
  /** The reproduction, the profile and the commit. */
  readonly text: string;
  /** Whether the picture shows a stand-in, and says so across each panel. */
  readonly standIn: boolean;
}

/** What every figure of a run has in common. */
export interface RunOfFigures {
  /** The profile that was run. */
  readonly profile: Results["profile"];
  /** The commit that was checked out, and whether code differed from it. */
  readonly environment: Pick<Results["environment"], "commit" | "dirty">;
}

/** As many digits of a commit as tell it from all others. */
const commitDigits = 10;

/**
 * What a picture of a run says of itself. It knows no time: the same run painted again gives the same picture.
 *
 * @param figure Whose figure it is, and whether it shows a stand-in.
 * @param run The profile and the commit of the run.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const environment = { commit: "9abe77479c305539b4d9a74ab6c9feb1b72ac36c", dirty: true };
 * assertEquals(figureStamp({ reproduction: "toy", standIn: true }, { profile: "smoke", environment }), {
 *   text: "toy, profile smoke, commit 9abe77479c with changes, stand-in",
 *   standIn: true,
 * });
 * ```
 */
export function figureStamp(
  { reproduction, standIn }: Pick<ReproductionFigure, "reproduction" | "standIn">,
  { profile, environment: { commit, dirty } }: RunOfFigures,
): FigureStamp {
  const state = commit === null
    ? "not known"
    : `${commit.slice(0, commitDigits)}${dirty ? " with changes" : ""}`;
  const text = `${reproduction}, profile ${profile}, commit ${state}${standIn ? ", stand-in" : ""}`;
  return { text, standIn };
}
