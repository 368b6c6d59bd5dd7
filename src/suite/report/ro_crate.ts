import { sha256 } from "../../data/digests.ts";
import type { Results } from "../runner/results.ts";
import { datasetEntities, type Entity, mit, ref, refTo } from "./ro_crate_data.ts";

/** A file of the output folder. */
export interface CrateFile {
  /** Its path below the folder, with `/`. */
  readonly path: string;
  /** Its content. */
  readonly content: string | Uint8Array;
}

/** What the crate says beside what the results hold. */
export interface CrateOptions {
  /** The files that the run wrote. */
  readonly files: readonly CrateFile[];
  /** What the run was asked for beside the profile: cells, seeds, shards. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The commit's page or repository, where it has an address. */
  readonly codeUrl?: string;
}

const profileId = "https://w3id.org/ro/wfrun/process/0.5";
const mediaTypes: Readonly<Record<string, string>> = {
  csv: "text/csv",
  html: "text/html",
  json: "application/json",
  md: "text/markdown",
  png: "image/png",
  svg: "image/svg+xml",
  xml: "application/xml",
  yml: "application/yaml",
};

/**
 * ro-crate-metadata.json: the provenance of a run as a Process Run Crate 0.5 on RO-Crate 1.1. One action with the code at
 * its commit and the engine that ran it as instruments, the parameters and the data with hashes and licences as objects,
 * and the written files with hashes as results. Nobody is named as agent. Equal runs give the same bytes, dates and
 * environment aside. A data file is named by its content (RFC 6920), since it is not part of the folder.
 *
 * @param results The results.
 * @param options The files, and what else is known.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fixedResults } from "./testdata/fixed_results.ts";
 *
 * const crate = JSON.parse(roCrate(fixedResults, { files: [{ path: "results.json", content: "{}" }] }));
 * assertEquals(crate["@graph"][0].about, { "@id": "." });
 * ```
 */
export function roCrate(results: Results, { files, parameters = {}, codeUrl }: CrateOptions): string {
  const { environment, modules, profile } = results;
  const { startedAt, elapsedMs } = environment;
  const endTime = new Date(Date.parse(startedAt) + Math.round(elapsedMs)).toISOString();
  const data = Object.entries(environment.data).map(([id, used]) => datasetEntities(id, used));
  const written = files.map(fileEntity);
  const asked = parameterEntities({ profile, ...parameters, threads: String(environment.threads) });
  const software = softwareEntities(results, codeUrl);
  const papers = paperEntities(results);
  const sources = sourceEntities(results);
  const failed = modules.some(({ failures }) => failures.length > 0);
  const ids = modules.map(({ id }) => id).join(", ");
  const graph: Entity[] = [
    {
      "@id": "ro-crate-metadata.json",
      "@type": "CreativeWork",
      about: ref("."),
      conformsTo: ref("https://w3id.org/ro/crate/1.1"),
    },
    {
      "@id": ".",
      "@type": "Dataset",
      name: `Reproduction of ${ids}, profile ${profile}`,
      description: `Measured values, verdicts against published ones, and figures of ${ids}`,
      datePublished: endTime,
      license: ref(mit),
      conformsTo: ref(profileId),
      hasPart: written.map(refTo),
      mentions: [ref("#run")],
      citation: [...papers, ...sources].map(refTo),
    },
    { "@id": profileId, "@type": "CreativeWork", name: "Process Run Crate", version: "0.5" },
    { "@id": mit, "@type": "CreativeWork", name: "MIT License", identifier: "MIT" },
    {
      "@id": "#run",
      "@type": "CreateAction",
      name: `deno task reproduce ${
        parameters["modules"] ?? modules.map(({ id }) => id).join(" ")
      } --profile ${profile}`,
      description:
        `On ${environment.cpu}, ${environment.cores} cores, ${environment.arch}, ${environment.os}; ` +
        `kernels on ${environment.backend}${environment.simd ? " with SIMD" : ""}`,
      startTime: startedAt,
      endTime,
      instrument: ref("#suite"),
      object: [...asked, ...data.map(([dataset]) => dataset!)].map(refTo),
      result: written.map(refTo),
      actionStatus: ref(`http://schema.org/${failed ? "Failed" : "Completed"}ActionStatus`),
      ...(failed
        ? {
          error: modules.flatMap(({ id, failures }) =>
            failures.map(({ job, message }) => `${id}/${job}: ${message}`)
          ),
        }
        : {}),
    },
    ...software,
    ...asked,
    ...data.flat(),
    ...written,
    ...papers,
    ...sources,
  ];
  return `${
    JSON.stringify(
      {
        "@context": [
          "https://w3id.org/ro/crate/1.1/context",
          "https://w3id.org/ro/terms/workflow-run/context",
        ],
        "@graph": unique(graph),
      },
      null,
      1,
    )
  }\n`;
}

function softwareEntities({ environment }: Results, codeUrl: string | undefined): Entity[] {
  const { commit, dirty } = environment;
  const state = dirty === null
    ? "whether files were changed since is not known"
    : dirty
    ? "with changed files"
    : "clean";
  const engines: readonly (readonly [string, string, string | null, string])[] = [
    ["#deno", "Deno", environment.deno, "https://deno.com"],
    ["#v8", "V8", environment.v8, "https://v8.dev"],
    ["#tfjs", "TensorFlow.js", environment.tfjs, "https://www.tensorflow.org/js"],
  ];
  const used = engines.filter(([, , version]) => version !== null);
  return [
    {
      "@id": "#suite",
      "@type": ["SoftwareApplication", "SoftwareSourceCode"],
      name: "Reproduce: scattering transforms and what deep networks learn",
      ...(codeUrl === undefined ? {} : { url: codeUrl }),
      ...(commit === null ? {} : { version: commit }),
      description: commit === null
        ? "Outside a checkout: the commit is not known"
        : `At commit ${commit}; ${state}`,
      programmingLanguage: "TypeScript",
      license: ref(mit),
      softwareRequirements: used.map(([id]) => ref(id)),
    },
    ...used.map(([id, name, softwareVersion, url]) => ({
      "@id": id,
      "@type": "SoftwareApplication",
      name,
      softwareVersion,
      url,
    })),
  ];
}

function parameterEntities(parameters: Readonly<Record<string, string>>): Entity[] {
  return Object.entries(parameters).map(([name, value]) => ({
    "@id": `#parameter-${encodeURIComponent(name)}`,
    "@type": "PropertyValue",
    name,
    value,
  }));
}

function fileEntity({ path, content }: CrateFile): Entity {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const type = mediaTypes[path.split(".").at(-1) ?? ""];
  return {
    "@id": path.split("/").map(encodeURIComponent).join("/"),
    "@type": "File",
    name: path,
    ...(type === undefined ? {} : { encodingFormat: type }),
    contentSize: String(bytes.length),
    sha256: sha256(bytes),
  };
}

function paperEntities({ modules }: Results): Entity[] {
  return modules.map(({ paper: { title, authors, venue, year, doi, arxiv } }) => ({
    "@id": doi !== undefined
      ? `https://doi.org/${encodeURI(doi)}`
      : arxiv !== undefined
      ? `https://arxiv.org/abs/${encodeURI(arxiv)}`
      : `#paper-${encodeURIComponent(title)}`,
    "@type": "ScholarlyArticle",
    name: title,
    creditText: `${authors.join(", ")}. ${venue}, ${year}`,
    datePublished: String(year),
  }));
}

/** The documents and places in them where numbers and claims stand, as the golden files name them. */
function sourceEntities({ modules }: Results): Entity[] {
  const sources = new Set(modules.flatMap(({ cells }) => cells.map(({ source }) => source)));
  return [...sources].map((source) => ({
    "@id": `#source-${encodeURIComponent(source.toWellFormed())}`,
    "@type": "CreativeWork",
    name: source,
  }));
}

/** Two papers or two files of the same content are one entity. */
function unique(entities: readonly Entity[]): Entity[] {
  const byId = new Map<string, Entity>();
  for (const entity of entities) if (!byId.has(entity["@id"])) byId.set(entity["@id"], entity);
  return [...byId.values()];
}
