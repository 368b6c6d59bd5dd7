import type { KnownFile } from "../dataset.ts";

/**
 * A file that is verified by its SHA-256.
 *
 * @param name Name relative to the folder of the data set.
 * @param bytes Size.
 * @param sha256 SHA-256 in hexadecimal.
 * @param path `owner/repository/commit/path` on GitHub of a file with just these bytes; where it is left out, the file
 * cannot be downloaded.
 */
export function plainFile(name: string, bytes: number, sha256: string, path?: string): KnownFile {
  const file = { name, bytes, digests: { sha256 } };
  if (path === undefined) return file;
  return { ...file, download: { urls: [`https://raw.githubusercontent.com/${path}`], bytes } };
}
