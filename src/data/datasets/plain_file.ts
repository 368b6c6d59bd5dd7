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
  return path === undefined ? file : { ...file, download: { urls: [rawUrl(path)], bytes } };
}

/**
 * A gzip file that is verified by the SHA-256 of what it unpacks to.
 *
 * @param name Name relative to the folder of the data set, which ends in `.gz`.
 * @param transferred Size of the gzip file.
 * @param bytes Size of what it unpacks to.
 * @param sha256 SHA-256 of that, in hexadecimal.
 * @param path `owner/repository/commit/path` on GitHub of the gzip file.
 */
export function packedFile(
  name: string,
  transferred: number,
  bytes: number,
  sha256: string,
  path: string,
): KnownFile {
  return { name, bytes, digests: { sha256 }, download: { urls: [rawUrl(path)], bytes: transferred } };
}

function rawUrl(path: string): string {
  return `https://raw.githubusercontent.com/${path}`;
}
