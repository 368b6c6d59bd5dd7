import { join } from "@std/path";
import { GitObjects } from "../../files/git_objects.ts";
import { type Baseline, parseBaselines } from "../golden/baseline.ts";
import type { Profile } from "../reproduction.ts";
import { readCommit } from "./environment.ts";

/** A value of a cell that was accepted once. */
export interface AcceptedValue {
  readonly value: number;
  /** The commit that recorded it. */
  readonly commit: string;
  /** The day of that commit: YYYY-MM-DD, UTC. */
  readonly date: string;
}

/** The accepted values of cells, by reproduction and cell, from the oldest to the newest. */
export type AcceptedHistory = ReadonlyMap<string, ReadonlyMap<string, readonly AcceptedValue[]>>;

/** The baselines of a profile as a commit recorded them. */
interface Version {
  readonly commit: string;
  readonly date: string;
  /** The ids of the baseline files, by name. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * What was accepted of every cell in the course of the checkout's history, along first parents. A value that was accepted again counts
 * once; baselines of a format that is no longer read count as none.
 *
 * @param root The root of the project.
 * @param profile The profile.
 * @returns Nothing outside a checkout, and where its objects cannot be read: a report does without.
 */
export function acceptedHistory(root: string, profile: Profile): AcceptedHistory {
  try {
    return readHistory(root, profile);
  } catch {
    return new Map();
  }
}

function readHistory(root: string, profile: Profile): AcceptedHistory {
  const objects = new GitObjects(join(root, ".git"));
  const history = new Map<string, Map<string, AcceptedValue[]>>();
  const parsed = new Map<string, ReadonlyMap<string, Baseline>>();
  for (const { commit, date, files } of listVersions(objects, readCommit(root), profile).reverse()) {
    for (const [name, id] of files) {
      if (!name.endsWith(".csv")) continue;
      const baselines = parsed.get(id) ?? parseIfKnown(objects, id, name);
      parsed.set(id, baselines);
      const reproduction = name.slice(0, -".csv".length);
      const cells = history.get(reproduction) ?? new Map<string, AcceptedValue[]>();
      history.set(reproduction, cells);
      for (const { cell, value } of baselines.values()) {
        const values = cells.get(cell) ?? [];
        if (values.at(-1)?.value !== value) values.push({ value, commit, date: date.slice(0, 10) });
        cells.set(cell, values);
      }
    }
  }
  return history;
}

/** The commits that changed the baselines of a profile, from the newest. */
function listVersions(objects: GitObjects, head: string | null, profile: Profile): Version[] {
  const versions: Version[] = [];
  const entry = (tree: string | undefined, name: string) =>
    tree === undefined ? undefined : objects.tree(tree).get(name);
  /** The folders `golden`, in which most commits change nothing, with the folder of the profile below them. */
  const folders = new Map<string, string | undefined>();
  let last: { readonly folder: string; readonly commit: string; readonly date: string } | undefined;
  const keep = () => {
    if (last !== undefined) versions.push({ ...last, files: objects.tree(last.folder) });
  };
  for (let id = head; id !== null;) {
    const commit = objects.commit(id);
    // A shallow clone ends before the history does.
    if (commit === undefined) break;
    const golden = entry(commit.tree, "golden");
    if (golden !== undefined && !folders.has(golden)) {
      folders.set(golden, entry(entry(golden, "baseline"), profile));
    }
    const folder = golden === undefined ? undefined : folders.get(golden);
    // A commit that has what the next one has is the one that recorded it, or stands before it.
    if (folder !== last?.folder) keep();
    last = folder === undefined ? undefined : { folder, commit: id, date: commit.date };
    id = commit.parent;
  }
  keep();
  return versions;
}

function parseIfKnown(objects: GitObjects, id: string, name: string): ReadonlyMap<string, Baseline> {
  const object = objects.read(id);
  if (object === undefined) return new Map();
  try {
    return parseBaselines(new TextDecoder().decode(object.content), name);
  } catch {
    return new Map();
  }
}
