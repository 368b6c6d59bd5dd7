/**
 * What jobs and workers know of a data set: plain data that can be sent between threads.
 *
 * @module
 */

/** One data set of the registry, as this machine has it. */
export interface DatasetHandle {
  /** Id in the registry. */
  readonly id: string;
  /** A folder that the user has, a download of ours, or nothing but the built-in synthetic stand-in. */
  readonly source: "folder" | "download" | "stand-in";
  /** Absolute folder of the data set; null for a stand-in. */
  readonly root: string | null;
  /** Names relative to the root, `/`-separated, sorted by code unit; none for a stand-in. */
  readonly files: readonly string[];
  /** One line each: how much of the set is there, what is not known of it, why it is a stand-in. */
  readonly notes: readonly string[];
}

/** A file that was read and found to be what the registry says. */
export interface FileRecord {
  /** Name relative to the root of the data set. */
  readonly name: string;
  /** Size of the content; of a `.gz` file, of what it unpacks to. */
  readonly bytes: number;
  /** SHA-256 of the content. */
  readonly sha256: string;
  /** What is to be said about it, such as that its digest is not known to the registry. */
  readonly note?: string;
}
