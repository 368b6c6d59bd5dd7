/** How files of other kinds begin that stand in the place of one, what they are and what helps. */
const kinds: readonly (readonly [start: string, finding: string])[] = [
  [
    "version https://git-lfs.github.com/spec/",
    "it is a Git LFS pointer, which stands for a file that was not fetched: run git lfs pull in its folder",
  ],
  ["<!DOCTYPE html", "it is a web page, perhaps of a download that needs a login: fetch it again"],
  ["<!doctype html", "it is a web page, perhaps of a download that needs a login: fetch it again"],
  ["<html", "it is a web page, perhaps of a download that needs a login: fetch it again"],
  ["PK\x03\x04", "it is a zip archive, as .npz and PyTorch files are: unpack it"],
  ["\x1f\x8b", "it is compressed with gzip: unpack it with gunzip"],
  ["\x89HDF\r\n", "it is an HDF5 file: convert it"],
];

/** As many first bytes as {@linkcode foreignContent} looks at. */
export const foreignBytes: number = kinds.reduce((most, [start]) => Math.max(most, start.length), 0);

/**
 * What a file is that is none of the format that was expected: a Git LFS pointer, a web page, an archive.
 *
 * @param bytes Its first bytes, {@linkcode foreignBytes} of them where it has as many.
 * @returns What it is and what to do, as a part of a message; `undefined` where it is none that is known.
 *
 * @example Usage
 * ```ts
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 *
 * const pointer = new TextEncoder().encode("version https://git-lfs.github.com/spec/v1\noid sha256:...");
 * assertStringIncludes(foreignContent(pointer)!, "git lfs pull");
 * assertEquals(foreignContent(Uint8Array.of(1, 2, 3)), undefined);
 * ```
 */
export function foreignContent(bytes: Uint8Array): string | undefined {
  return kinds.find(([start]) =>
    Array.from(start).every((character, at) => bytes[at] === character.charCodeAt(0))
  )?.[1];
}
