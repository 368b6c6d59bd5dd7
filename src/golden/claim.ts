/**
 * The types of a golden file: a claim, its tolerance and the verdict on it.
 *
 * @module
 */
import type { Profile } from "../reproduction.ts";

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
  /** The digits as printed. */
  readonly text: string;
  /** Their value. */
  readonly value: number;
}

/** What a claim is expected to turn out as. */
export type Expectation = "agrees" | "deviates";

/** One row of a golden file: one cell of a published table, or a claim without a printed number. */
export interface Claim {
  /** The id of the cell, unique within the module. */
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
  /** How far a measurement may lie, and why. */
  readonly tolerance: Tolerance;
  /** Whether the measurement is known to agree. */
  readonly expect: Expectation;
  /** Where it is known to deviate: why. */
  readonly because: string;
  /** The profile that the row is for; `null` for every one. */
  readonly profile: Profile | null;
  /** The line of the golden file. */
  readonly line: number;
}
