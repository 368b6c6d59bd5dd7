/**
 * The types of a golden file: a claim, its role and its tolerance.
 *
 * @module
 */
import type { Profile } from "../reproduction.ts";

/**
 * What a row of a golden file is: a printed `number`, measured by the paper's protocol as far as that is stated or by a shorter
 * schedule of it; a `claim` without a printed number (an ordering, a bound, an identity, a rate); or a `variant`, a printed
 * number under another, labelled protocol, which is counted apart.
 */
export type Role = "number" | "claim" | "variant";

/** The roles, in the order in which they are counted. */
export const roles: readonly Role[] = ["number", "claim", "variant"];

/** How a measurement is held against a claim; CONTRIBUTING.md has the rules for choosing one. */
export type ToleranceKind = "absolute" | "relative" | "rounding" | "at-most" | "at-least" | "interval";

/** The tolerance kinds. */
export const toleranceKinds: readonly ToleranceKind[] = [
  "absolute",
  "relative",
  "rounding",
  "at-most",
  "at-least",
  "interval",
];

/** The families of reasons that a tolerance may have; every rationale starts with one of them. */
export const rationaleFamilies: readonly string[] = ["rounding", "sampling", "seeds", "protocol", "numeric"];

/** A tolerance with its reason. */
export interface Tolerance {
  /** How the measurement is held against the claim. */
  readonly kind: ToleranceKind;
  /** In the unit of the cell; a fraction for `relative`; standard errors for `interval`. */
  readonly value: number;
  /** Why it is that large: one of the families, then words. */
  readonly rationale: string;
}

/** A published number, as printed and as a number. */
export interface Published {
  /** The digits as printed; a printed bound has its sign before them, as in `<= 5`. */
  readonly text: string;
  /** Their value. */
  readonly value: number;
}

/** What a claim turns out as, by its role: numbers and variants agree or deviate, claims hold, fail or stay open. */
export type Outcome = "agrees" | "deviates" | "holds" | "undecided" | "fails";

/** Every outcome. */
export const outcomeWords: readonly Outcome[] = ["agrees", "deviates", "holds", "undecided", "fails"];

/** The outcomes that a role can have. */
export const outcomes: Readonly<Record<Role, readonly Outcome[]>> = {
  number: ["agrees", "deviates"],
  claim: ["holds", "undecided", "fails"],
  variant: ["agrees", "deviates"],
};

/** The outcome of each role that needs no reason. */
export const favourable: Readonly<Record<Role, Outcome>> = {
  number: "agrees",
  claim: "holds",
  variant: "agrees",
};

/** One row of a golden file: one cell of a published table, or a claim without a printed number. */
export interface Claim {
  /** The id of the cell, unique within the reproduction. */
  readonly cell: string;
  /** The heading of the table that the cell stands in. */
  readonly table: string;
  /** Its row in that table. */
  readonly row: string;
  /** Its column in that table. */
  readonly column: string;
  /** What the number is. */
  readonly quantity: string;
  /** Its unit; empty for a pure number. */
  readonly unit: string;
  /** The number as printed; `null` for a claim that prints none. */
  readonly published: Published | null;
  /** The document and the place in it where the number or the claim stands. */
  readonly source: string;
  /** What the row is, which decides how it is judged and where it is counted. */
  readonly role: Role;
  /** How far a measurement may lie, and why. */
  readonly tolerance: Tolerance;
  /** What the measurement is known to turn out as. */
  readonly expect: Outcome;
  /** Where that is not what is claimed: the cause, and whether it is shown or conjectured. */
  readonly because: string;
  /** The profile that the row is for; `null` for every one. */
  readonly profile: Profile | null;
  /** The line of the golden file. */
  readonly line: number;
}

/** How many standard errors are noise: a claim that lies no further from its bound is undecided. */
export const noise = 2;

/** Half a unit of the last digit of a printed number: how far its value may lie from what was rounded. */
export function halfUnit({ text }: Published): number {
  const [mantissa, exponent] = text.toLowerCase().split("e");
  const decimals = mantissa!.split(".")[1]?.length ?? 0;
  return Number(`5e${Number(exponent ?? 0) - decimals - 1}`);
}
