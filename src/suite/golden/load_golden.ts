import { join } from "@std/path";
import { GoldenError } from "../../errors.ts";
import { describeError } from "../../files/describe_error.ts";
import { ifThere } from "../../files/if_there.ts";
import { readUtf8 } from "../../files/read_utf8.ts";
import type { Profile } from "../reproduction.ts";
import { type Baseline, parseBaselines } from "./baseline.ts";
import type { Claim } from "./claim.ts";
import { parseClaims } from "./parse_claims.ts";

/** Reads and checks the claims of a module. */
export function loadClaims(folder: string, id: string): Claim[] {
  const name = `golden/${id}.csv`;
  const text = readIfThere(join(folder, `${id}.csv`), name);
  if (text === null) throw new GoldenError(`Cannot find ${name}: every reproduction needs its golden file`);
  return parseClaims(text, name);
}

/** The accepted values of a module for one profile; empty where none were accepted. */
export function loadBaselines(folder: string, id: string, profile: Profile): Map<string, Baseline> {
  const name = `golden/baseline/${profile}/${id}.csv`;
  const text = readIfThere(baselinePath(folder, id, profile, "csv"), name);
  return text === null ? new Map() : parseBaselines(text, name);
}

/** The accepted digest over all cells of a module; `null` where none was accepted. */
export function loadAcceptedDigest(folder: string, id: string, profile: Profile): string | null {
  const name = `golden/baseline/${profile}/${id}.digest`;
  const text = readIfThere(baselinePath(folder, id, profile, "digest"), name)?.trim() ?? null;
  if (text !== null && !/^[0-9a-f]{64}$/.test(text)) {
    throw new GoldenError(`${name}:1: must be a SHA-256: it is "${text}"`);
  }
  return text;
}

/** Where the baselines (`csv`) and the digest (`digest`) of a module stand. */
export function baselinePath(folder: string, id: string, profile: Profile, kind: "csv" | "digest"): string {
  return join(folder, "baseline", profile, `${id}.${kind}`);
}

/** A golden file has some hundred bytes a cell. */
const maxBytes = 2 ** 26;

function readIfThere(path: string, name: string): string | null {
  try {
    return ifThere(() => readUtf8(path, maxBytes), null);
  } catch (error) {
    throw new GoldenError(`${name}: ${describeError(error)}`, { cause: error });
  }
}
