import { createHash } from "node:crypto";
import type { LockedPackage } from "./locked_packages.ts";
import type { PackageManifest } from "./package_manifest.ts";
import type { ProjectConfig } from "./runtime_imports.ts";

/** What the bill is made of. */
export interface BillOptions {
  /** The content of deno.json. */
  readonly config: ProjectConfig;
  /** The packages of deno.lock. */
  readonly packages: readonly LockedPackage[];
  /** The import names that are loaded at run time. */
  readonly runtime: readonly string[];
  /** Gives the package.json of a package. */
  readonly manifestOf: (locked: LockedPackage) => PackageManifest;
}

/** Licences that package.json states in words: as their own texts have them. */
const statedInWords: Readonly<Record<string, string>> = {
  "dejavu-fonts-ttf": "Bitstream Vera, changes in the public domain",
};

/**
 * The software bill of materials of the project, in CycloneDX 1.6: each package of deno.lock with its hash, its licence,
 * whether it is needed to run or only to develop, and what depends on what. The same for the same deno.lock on every
 * machine: it holds no time, and its serial number is a UUID made from its content (RFC 4122, version 5).
 */
export function billOfMaterials({ config, packages, runtime, manifestOf }: BillOptions): string {
  const byId = new Map(packages.map((locked) => [locked.id, locked]));
  const direct = (names: readonly string[]) =>
    names.map((name) => packageId(config.imports[name]!)).filter((id) => id !== null);
  const needed = reachable(direct(runtime), byId);
  const project = `pkg:generic/${encodeURIComponent(config.name)}@${config.version}`;
  const bill = {
    metadata: {
      component: {
        type: "application",
        "bom-ref": project,
        name: config.name,
        version: config.version,
        licenses: [licence(config.license)],
      },
    },
    components: packages.map((locked) => ({
      type: "library",
      "bom-ref": packageUrl(locked),
      ...parts(locked.name),
      version: locked.version,
      scope: !needed.has(locked.id) ? "excluded" : locked.platformOf === null ? "required" : "optional",
      hashes: [{ alg: "SHA-512", content: locked.sha512 }],
      licenses: [licence(statedInWords[locked.name] ?? manifestOf(locked).license)],
      purl: packageUrl(locked),
    })),
    dependencies: [
      { ref: project, dependsOn: [...new Set(direct(Object.keys(config.imports)))].sort() },
      ...packages.map(({ id, dependencies }) => ({ ref: id, dependsOn: dependencies })),
    ].map(({ ref, dependsOn }) => ({
      ref: byId.has(ref) ? packageUrl(byId.get(ref)!) : ref,
      dependsOn: dependsOn.map((id) => packageUrl(byId.get(id)!)),
    })),
  };
  const head = { bomFormat: "CycloneDX", specVersion: "1.6", serialNumber: serialNumber(bill), version: 1 };
  return `${JSON.stringify({ ...head, ...bill }, null, 1)}\n`;
}

/**
 * The name and version of the package that a value of the import map stands for; `null` for a file.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(packageId("npm:/pure-rand@8.4.2/"), "pure-rand@8.4.2");
 * assertEquals(packageId("npm:@napi-rs/canvas@1.0.11"), "@napi-rs/canvas@1.0.11");
 * assertEquals(packageId("./src/std/csv.ts"), null);
 * ```
 */
export function packageId(target: string): string | null {
  return /^npm:\/?((?:@[^/]+\/)?[^@/]+@[^/]+)\/?$/.exec(target)?.[1] ?? null;
}

/** These packages and all that they depend on. */
function reachable(ids: readonly string[], byId: ReadonlyMap<string, LockedPackage>): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    byId.get(id)!.dependencies.forEach(visit);
  };
  ids.forEach(visit);
  return found;
}

/** CycloneDX keeps the scope of a name apart. */
function parts(name: string): { readonly group?: string; readonly name: string } {
  const [, group, own] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [];
  return own === undefined ? { name } : { group: group!, name: own };
}

/** The package URL, with the `@` of a scope escaped as its specification wants. */
function packageUrl({ name, version }: LockedPackage): string {
  return `pkg:npm/${name.replace(/^@/, "%40")}@${version}`;
}

/** An identifier of SPDX, an expression of several, or a name in words. */
function licence(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) return { license: { name: "none stated" } };
  if (/^[\w.-]+$/.test(text)) return { license: { id: text } };
  return /^[\w.-]+(?: (?:AND|OR|WITH) [\w.-]+)+$/.test(text)
    ? { expression: text }
    : { license: { name: text } };
}

/** A name-based UUID of SHA-1 (RFC 4122, 4.3), in the name space of URLs. */
function serialNumber(content: unknown): string {
  const space = Uint8Array.fromHex("6ba7b8119dad11d180b400c04fd430c8");
  const bytes = createHash("sha1").update(space).update(JSON.stringify(content)).digest().subarray(0, 16);
  bytes[6] = bytes[6]! & 0x0f | 0x50;
  bytes[8] = bytes[8]! & 0x3f | 0x80;
  return `urn:uuid:${bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}`;
}
