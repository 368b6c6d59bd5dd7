/** A package of deno.lock. */
export interface LockedPackage {
  /** Its name and version, such as `zod@4.6.7`. */
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** SHA-512 of its archive, in hexadecimal. */
  readonly sha512: string;
  /** The ids of the packages that it depends on, sorted. */
  readonly dependencies: readonly string[];
  /** The package of which this is the build for one platform; `null` for those that every machine has. */
  readonly platformOf: string | null;
}

/** What is used of deno.lock. */
interface Lock {
  readonly version: string;
  readonly npm?: Readonly<
    Record<string, {
      readonly integrity: string;
      readonly dependencies?: readonly string[];
      readonly optionalDependencies?: readonly string[];
    }>
  >;
  readonly jsr?: unknown;
  readonly remote?: unknown;
}

/**
 * The packages that deno.lock pins, sorted by id.
 *
 * @param text The content of deno.lock.
 * @throws {TypeError} Where it is of another version, holds more than npm packages, or lacks a hash.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const npm = { "a@1.0.0_b@2.0.0": { integrity: "sha512-AAEC", dependencies: ["b"] }, "b@2.0.0": { integrity: "sha512-/w==" } };
 * const [a] = lockedPackages(JSON.stringify({ version: "5", npm }));
 * assertEquals(a, {
 *   ...{ id: "a@1.0.0", name: "a", version: "1.0.0", sha512: "000102" },
 *   ...{ dependencies: ["b@2.0.0"], platformOf: null },
 * });
 * ```
 */
export function lockedPackages(text: string): LockedPackage[] {
  const lock = JSON.parse(text) as Lock;
  if (lock.version !== "5" || lock.jsr !== undefined || lock.remote !== undefined) {
    throw new TypeError(
      `Cannot read deno.lock: it must be of version 5 with npm packages alone: its version is ${lock.version} and its parts ${
        Object.keys(lock).join(", ")
      }`,
    );
  }
  const entries = Object.entries(lock.npm ?? {}).map(([key, entry]) => ({ ...entry, ...parseKey(key) }));
  const idOf = (reference: string) => {
    // A version stands there only where the lock has several.
    const found = entries.find(({ id, name }) => reference === name || reference.split("_")[0] === id);
    if (found === undefined) {
      throw new TypeError(`Cannot read deno.lock: it names ${reference} but does not hold it`);
    }
    return found.id;
  };
  return entries.map(({ id, name, version, integrity, dependencies = [], optionalDependencies = [] }) => ({
    id,
    name,
    version,
    sha512: hexadecimal(id, integrity),
    dependencies: [...dependencies, ...optionalDependencies].map(idOf).sort(),
    platformOf: entries.find((other) => other.optionalDependencies?.map(idOf).includes(id))?.id ?? null,
  })).sort((a, b) => a.id < b.id ? -1 : 1);
}

/** The key of a package: its name and version, then `_` and those of its peers. */
function parseKey(key: string): { readonly id: string; readonly name: string; readonly version: string } {
  const [, name, version] = /^(@?[^@]+)@([^@_]+)/.exec(key) ?? [];
  if (name === undefined || version === undefined) {
    throw new TypeError(`Cannot read deno.lock: "${key}" is no name and version`);
  }
  return { id: `${name}@${version}`, name, version };
}

function hexadecimal(id: string, integrity: string | undefined): string {
  const base64 = /^sha512-([\w+/]+=*)$/.exec(integrity ?? "")?.[1];
  if (base64 === undefined) {
    throw new TypeError(`Cannot read deno.lock: ${id} must have a SHA-512: its integrity is ${integrity}`);
  }
  return Uint8Array.fromBase64(base64).toHex();
}
