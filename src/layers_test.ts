import { assertEquals } from "@std/assert";
import { fromFileUrl, relative } from "@std/path";
import { referencesOf } from "./suite/runner/source_digest.ts";

const root = fromFileUrl(new URL("..", import.meta.url));

/** Folders from the bottom: what stands in one may use what stands in an earlier one, and in its own. */
const layers = [
  ["src/errors.ts", "src/one_line.ts", "src/std", "src/files"],
  ["src/numeric"],
  ["src/compute", "src/data", "src/physics"],
  ["src/scattering", "src/nn", "src/classify", "src/transformers", "src/pretrained", "src/maximum_entropy"],
  ["src/saliency"],
  [
    "src/suite/figure.ts",
    "src/suite/reproduction.ts",
    "src/suite/panels",
    "src/suite/error_rates.ts",
    "src/suite/testing.ts",
  ],
  ["src/suite/golden"],
  ["src/suite/runner", "src/mod.ts"],
  ["src/suite/report"],
  ["reproductions"],
  ["scripts", "benches"],
  ["tools", "workflow"],
];

function layerOf(file: string): number {
  return layers.findIndex((folders) =>
    folders.some((folder) => file === folder || file.startsWith(`${folder}/`))
  );
}

function sourcesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    if (isDirectory) return name === "assembly" || name === "testdata" ? [] : sourcesBelow(path);
    return name.endsWith(".ts") && !name.endsWith("_test.ts") ? [path] : [];
  });
}

const sources = ["src", "reproductions", "scripts", "tools", "workflow", "benches"].flatMap((folder) =>
  sourcesBelow(`${root}${folder}`)
);

Deno.test("every source file belongs to a layer, and imports from lower ones only", () => {
  const wrong: string[] = [];
  for (const path of sources) {
    const file = relative(root, path);
    const own = layerOf(file);
    if (own < 0) wrong.push(`${file} belongs to no layer`);
    for (const specifier of referencesOf(Deno.readTextFileSync(path))) {
      if (!/^\.{1,2}\//.test(specifier)) continue;
      const target = relative(root, fromFileUrl(new URL(specifier, `file://${path}`)));
      if (layerOf(target) > own) wrong.push(`${file} imports ${target}`);
      const [module, other] = [file, target].map((name) => /^reproductions\/([^/]+)\//.exec(name)?.[1]);
      if (module !== undefined && other !== undefined && module !== other) {
        wrong.push(`${file} imports ${target} of another reproduction`);
      }
    }
  }
  assertEquals(wrong, []);
});

Deno.test("no two source files import each other, directly or in a circle", () => {
  const imports = new Map(sources.map((path) => [
    path,
    referencesOf(Deno.readTextFileSync(path))
      .filter((specifier) => /^\.{1,2}\/.*\.ts$/.test(specifier))
      .map((specifier) => fromFileUrl(new URL(specifier, `file://${path}`))),
  ]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      circles.push([...trail.slice(start), path].map((file) => relative(root, file)).join(" -> "));
    }
    if (start >= 0 || done.has(path)) return;
    for (const target of imports.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of sources) visit(path, []);
  assertEquals(circles, []);
});

Deno.test("only src/data uses the network", () => {
  const users = sources.filter((path) =>
    /\bfetch\(|\bDeno\.connect|\bnew WebSocket\b|"node:(http|https|net|tls)"/.test(
      Deno.readTextFileSync(path),
    )
  );
  const foreign = users.map((path) => relative(root, path)).filter((file) =>
    !file.startsWith("src/data/") && !file.startsWith("scripts/view")
  );
  assertEquals(foreign, []);
});
