import { assert, assertEquals, assertThrows } from "@std/assert";
import { parseDocument } from "yaml";
import { z } from "zod";
import { reproductions } from "../reproductions/mod.ts";
import { root } from "./lib/test_helpers.ts";

// The part of the Citation File Format 1.2.0 that the file may use: a key that stands here has the type that the format gives it,
// and no other key is let through, so that what passes is valid there.
const text = z.string().min(1);
const doi = z.string().regex(/^10\.\d{4,9}(\.\d+)?\/[A-Za-z0-9:/_;\-.()[\]\\]+$/);
const url = z.url({ protocol: /^(https?|s?ftp)$/ });
const person = z.strictObject({
  "family-names": text.optional(),
  "given-names": text.optional(),
  orcid: z.string().regex(/^https:\/\/orcid\.org\/\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/).optional(),
});
const entity = z.strictObject({ name: text });
const authors = z.array(z.union([entity, person])).min(1);
const identifiers = z.array(z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("doi"), value: doi }),
  z.strictObject({ type: z.literal("url"), value: url }),
  z.strictObject({ type: z.literal("other"), value: text }),
])).min(1);
const reference = z.strictObject({
  type: z.enum(["article", "conference-paper", "generic", "report", "slides", "software", "book", "thesis"]),
  title: text,
  authors,
  publisher: entity.optional(),
  journal: text.optional(),
  "collection-title": text.optional(),
  volume: z.int().optional(),
  issue: z.union([text, z.number()]).optional(),
  start: z.int().optional(),
  end: z.int().optional(),
  year: z.int().optional(),
  status: z.enum(["preprint", "submitted", "in-press"]).optional(),
  doi: doi.optional(),
  url: url.optional(),
  identifiers: identifiers.optional(),
});
const schema = z.strictObject({
  "cff-version": z.literal("1.2.0"),
  message: text,
  title: text,
  authors,
  type: z.enum(["software", "dataset"]).optional(),
  version: text.optional(),
  license: z.literal("MIT").optional(),
  abstract: text.optional(),
  keywords: z.array(text).min(1).optional(),
  references: z.array(reference).min(1).optional(),
});

function read(): unknown {
  const document = parseDocument(Deno.readTextFileSync(`${root}CITATION.cff`));
  assertEquals([...document.errors, ...document.warnings], []);
  return document.toJS();
}

Deno.test("CITATION.cff keeps to the Citation File Format 1.2.0", () => {
  const citation = read();
  schema.parse(citation);
  assertThrows(() => schema.parse({ ...citation as object, authors: [] }));
  assertThrows(() => schema.parse({ ...citation as object, unknown: "key" }));
});

Deno.test("CITATION.cff has the version and the licence of the project", () => {
  const { version, license } = JSON.parse(Deno.readTextFileSync(`${root}deno.json`));
  const citation = schema.parse(read());
  assertEquals([citation.version, citation.license as string], [version, license]);
});

Deno.test("CITATION.cff refers to the paper of every reproduction, with its year and identifier", async () => {
  const { references = [] } = schema.parse(read());
  for (const { load } of reproductions) {
    const { id, paper: { title, year, doi, arxiv } } = await load();
    const found = references.find((reference) => reference.title === title);
    assert(found !== undefined, `${id}: ${title}`);
    assertEquals(found.year, year, id);
    const identifier = doi ?? (arxiv === undefined ? undefined : `arXiv:${arxiv}`);
    // Lecture slides have neither.
    if (identifier === undefined) continue;
    const known = [found.doi, ...(found.identifiers ?? []).map(({ value }) => value)];
    assert(known.includes(identifier), `${id}: ${identifier}`);
  }
});
