/**
 * What the registry says about a data set.
 *
 * @module
 */
import type { Digests } from "./digests.ts";

/** Where bytes can be downloaded, and what they must be. */
export interface Download {
  /** Tried in order. */
  readonly urls: readonly string[];
  /** Size of what is transferred. */
  readonly bytes: number;
}

/** A file whose content is known. */
export interface KnownFile {
  /** Name relative to the folder of the data set, `/`-separated. */
  readonly name: string;
  /** Size of the content: of a `.gz` file, what it unpacks to. */
  readonly bytes: number;
  /** Digests of the content; each one given must match. */
  readonly digests: Digests;
  /** Another content of the same size that is in use: accepted, and the note says what it is. */
  readonly variant?: { readonly digests: Digests; readonly note: string };
  /** Where this file alone can be downloaded. */
  readonly download?: Download;
}

/** An open set of files, such as images by class: any number of those that exist is a usable part of it. */
export interface Collection {
  /** Holds one folder per class. */
  readonly folder: string;
  /** How the names of the files end. */
  readonly suffix: string;
  /** Classes that are left out. */
  readonly excludedClasses: readonly string[];
  /** Files in the full set. */
  readonly count: number;
  /** CSV of `file,bytes,sha256`: those whose content is known. */
  readonly digestTable: URL;
}

/** An archive that holds the files of a data set under their own names. */
export interface Archive extends Download {
  /** `tar.gz`, or a zip file that holds one `tar.gz`. */
  readonly format: "tar.gz" | "zip";
  /** Digests of the archive. */
  readonly digests: Digests;
  /** The `tar.gz` in the zip file. */
  readonly inner?: { readonly name: string; readonly digests: Digests };
}

/** One data set. */
export interface Dataset {
  /** Its name everywhere, and that of its folder. */
  readonly id: string;
  /** Full name. */
  readonly title: string;
  /** Licence or terms, as far as they are stated. */
  readonly licence: string;
  /** Whom to cite. */
  readonly citation: string;
  /** The publisher's page. */
  readonly homepage: string;
  /** The files of a closed set; empty where there is a collection. */
  readonly files: readonly KnownFile[];
  /** The files of an open set. */
  readonly collection?: Collection;
  /** Where all files come from at once. */
  readonly archive?: Archive;
  /** Hosts, beside those of the URLs, that the publisher's server may redirect to. */
  readonly redirectHosts?: readonly string[];
}

/** Data sets in the order in which they are listed. */
export type Registry = readonly Dataset[];
