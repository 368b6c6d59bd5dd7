import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { sha256 } from "../../data/digests.ts";
import { roCrate } from "./ro_crate.ts";
import { fixedResults } from "./testdata/fixed_results.ts";

type Entity = Record<string, unknown> & { "@id": string; "@type": string | string[] };

const files = [
  { path: "results.json", content: "{}" },
  { path: "figures/a <b>.png", content: new Uint8Array([1, 2, 3]) },
];
const hex = (digit: string) => digit.repeat(64);
const results = {
  ...fixedResults,
  environment: {
    ...fixedResults.environment,
    data: {
      mnist: {
        source: "folder",
        digest: hex("a"),
        notes: ["4 of 4 files"],
        // The same content under two names.
        files: [{ name: "one.gz", sha256: hex("b") }, { name: "two.gz", sha256: hex("b") }],
      },
      synthesised: { source: "stand-in", digest: hex("c"), notes: [], files: [] },
    },
  },
} as const;

function readGraph(text: string): Map<string, Entity> {
  const graph = JSON.parse(text)["@graph"] as Entity[];
  assertEquals(new Set(graph.map((entity) => entity["@id"])).size, graph.length, "an @id stands twice");
  return new Map(graph.map((entity) => [entity["@id"], entity]));
}

/** Every reference in a value. */
function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === "@id") return [(value as { "@id": string })["@id"]];
  return Object.values(value).flatMap(referencesIn);
}

const graph = readGraph(roCrate(results, { files, parameters: { cells: "table4/*" } }));

Deno.test("roCrate() defines every entity that it refers to, terms of vocabularies aside", () => {
  const missing = [...graph.values()].flatMap(referencesIn).filter((id) =>
    !graph.has(id) && id !== "https://w3id.org/ro/crate/1.1" && !id.startsWith("http://schema.org/")
  );
  assertEquals(missing, []);
});

Deno.test("roCrate() has the root that RO-Crate 1.1 and Process Run Crate require", () => {
  const root = graph.get(".")!;
  for (const property of ["name", "description", "datePublished", "license", "conformsTo", "hasPart"]) {
    assert(root[property] !== undefined, property);
  }
  assertEquals(root["mentions"], [{ "@id": "#run" }]);
  assertEquals(graph.get("ro-crate-metadata.json")!["conformsTo"], {
    "@id": "https://w3id.org/ro/crate/1.1",
  });
});

Deno.test("roCrate() names every written file by its encoded path, with size and hash", () => {
  assertEquals(graph.get("figures/a%20%3Cb%3E.png"), {
    "@id": "figures/a%20%3Cb%3E.png",
    "@type": "File",
    name: "figures/a <b>.png",
    encodingFormat: "image/png",
    contentSize: "3",
    sha256: sha256(new Uint8Array([1, 2, 3])),
  });
  const run = graph.get("#run")!;
  assertEquals(run["result"], graph.get(".")!["hasPart"]);
  assertEquals(run["instrument"], { "@id": "#suite" });
  assertEquals(run["agent"], undefined);
});

Deno.test("roCrate() gives data sets their licence and files their hashes, and a stand-in neither files nor a publisher", () => {
  const mnist = graph.get("#data-mnist")!;
  assertEquals(mnist["license"], { "@id": "#licence-mnist" });
  assert(String(graph.get("#licence-mnist")!["description"]).includes("no licence text"));
  const [file] = referencesIn(mnist["hasPart"]);
  assertEquals(graph.get(file!)!["sha256"], hex("b"));
  // RFC 6920: the digest in base64url, without padding.
  assertEquals(file, `ni:///sha-256;${"u7".repeat(21)}s`);
  const synthesised = graph.get("#data-synthesised")!;
  assertEquals([synthesised["hasPart"], synthesised["url"]], [undefined, undefined]);
  assert(String(synthesised["description"]).includes("stand-in"));
});

Deno.test("roCrate() cites the papers and the places where numbers and claims stand", () => {
  const citation = referencesIn(graph.get(".")!["citation"]).map((id) => graph.get(id)!["name"]);
  assertEquals(citation, ["A <title>", "A <title>, Table 1", "A <title>, section 2"]);
});

Deno.test("roCrate() says that a run with failed jobs failed, and which", () => {
  assertEquals(graph.get("#run")!["actionStatus"], { "@id": "http://schema.org/FailedActionStatus" });
  const [reproduction] = results.modules;
  const whole = { ...results, modules: [{ ...reproduction!, failures: [] }] };
  const run = readGraph(roCrate(whole, { files })).get("#run")!;
  assertEquals(run["actionStatus"], { "@id": "http://schema.org/CompletedActionStatus" });
  assertEquals(run["error"], undefined);
});

Deno.test("roCrate() gives the same bytes for the same run, and other dates for another", () => {
  assertEquals(roCrate(results, { files }), roCrate(structuredClone(results), { files }));
  const later = {
    ...results,
    environment: { ...results.environment, startedAt: "2026-01-02T00:00:00.000Z" },
  };
  const undated = (text: string) => text.replaceAll(/2026-01-0\dT[\d:.]+Z/g, "");
  assertNotEquals(roCrate(later, { files }), roCrate(results, { files }));
  assertEquals(undated(roCrate(later, { files })), undated(roCrate(results, { files })));
});
