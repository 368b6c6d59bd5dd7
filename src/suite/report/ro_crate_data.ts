import { Buffer } from "node:buffer";
import { registry } from "../../data/registry.ts";
import type { DatasetUsed } from "../runner/results.ts";

/** An entity of the graph of a crate. */
export type Entity = Readonly<Record<string, unknown>> & { readonly "@id": string };

/** The licence of this project, and of what it synthesises itself. */
export const mit = "https://spdx.org/licenses/MIT";

/** A data set, its terms, and its files: the data set first. */
export function datasetEntities(id: string, { source, digest, notes, files }: DatasetUsed): Entity[] {
  const known = registry.find((dataset) => dataset.id === id);
  const local = encodeURIComponent(id);
  const parts = files.map(({ name, sha256 }) => ({
    "@id": namedByContent(sha256),
    "@type": "File",
    name: `${id}/${name}`,
    alternateName: name,
    sha256,
  }));
  const description = [
    source === "stand-in" ? "A built-in synthetic stand-in: not the data set itself" : `From the ${source}`,
    ...notes,
  ].join("; ");
  return [
    {
      "@id": `#data-${local}`,
      "@type": "Dataset",
      name: known?.title ?? id,
      identifier: id,
      description,
      sha256: digest,
      ...(source === "stand-in"
        ? { license: ref(mit) }
        : { license: ref(`#licence-${local}`), hasPart: parts.map(refTo) }),
      ...(known === undefined || source === "stand-in"
        ? {}
        : { url: known.homepage, creditText: known.citation }),
    },
    ...(source === "stand-in" ? [] : [{
      "@id": `#licence-${local}`,
      "@type": "CreativeWork",
      name: `Terms of ${id}`,
      description: known?.licence ?? "not known",
    }]),
    ...parts,
  ];
}

/** The name of content by its SHA-256: RFC 6920, section 3. */
function namedByContent(sha256: string): string {
  return `ni:///sha-256;${Buffer.from(sha256, "hex").toString("base64url")}`;
}

/** A reference to an entity by its id. */
export function ref(id: string): { readonly "@id": string } {
  return { "@id": id };
}

/** A reference to an entity. */
export function refTo(entity: Entity): { readonly "@id": string } {
  return ref(entity["@id"]);
}
