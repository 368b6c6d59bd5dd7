/**
 * The names of `@std/path` that this project uses, over `node:path` and `node:url`. Same parameters and
 * meaning as there.
 *
 * @module
 */
import * as nodePath from "node:path";
import * as nodeUrl from "node:url";

/** The last part of `path`, without `suffix`. */
export function basename(path: string, suffix = ""): string {
  return nodePath.basename(path, suffix);
}

/** The folder part of `path`. */
export function dirname(path: string): string {
  return nodePath.dirname(path);
}

/** Joins `path` and `paths` and normalises the result. */
export function join(path: string, ...paths: string[]): string {
  return nodePath.join(path, ...paths);
}

/** Resolves `pathSegments` to an absolute path. */
export function resolve(...pathSegments: string[]): string {
  return nodePath.resolve(...pathSegments);
}

/** The relative path from `from` to `to`. */
export function relative(from: string, to: string): string {
  return nodePath.relative(from, to);
}

/** The path of a `file:` URL. */
export function fromFileUrl(url: string | URL): string {
  return nodeUrl.fileURLToPath(url);
}

/** The `file:` URL of an absolute path. */
export function toFileUrl(path: string): URL {
  return nodeUrl.pathToFileURL(path);
}
