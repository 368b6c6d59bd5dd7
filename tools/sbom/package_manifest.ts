import { UsageError } from "../../src/errors.ts";
import type { LockedPackage } from "./locked_packages.ts";

/** What is used of the package.json of an installed package. */
export interface PackageManifest {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression, or free text. */
  readonly license?: string;
  /** Its scripts by name. */
  readonly scripts?: Readonly<Record<string, string>>;
}

/**
 * Reads the package.json of a package from `node_modules`; of one that is a build for some platform, that of the package that
 * it belongs to, since not every machine has it.
 *
 * @param locked The package.
 * @param root The root of the project.
 * @throws {UsageError} Where the package is not installed.
 */
export function packageManifest(locked: LockedPackage, root: string): PackageManifest {
  const id = locked.platformOf ?? locked.id;
  const name = id.slice(0, id.lastIndexOf("@"));
  const path = `${root}/node_modules/.deno/${id.replace("/", "+")}/node_modules/${name}/package.json`;
  try {
    return JSON.parse(Deno.readTextFileSync(path));
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${(error as Error).message}: run deno ci`, { cause: error });
  }
}
