import type { Role } from "../golden/claim.ts";

/** What a row of a golden file is, in words, by its role. */
export const roleTexts: Readonly<Record<Role, string>> = {
  number: "a printed number, judged on both sides",
  claim: "a claim that prints no number: an ordering, a bound, an identity or a rate",
  variant: "a printed number under another protocol, counted apart",
};
