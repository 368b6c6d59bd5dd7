import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { inFolder } from "../../src/files/test_helpers.ts";
import { billOfMaterials, packageId } from "./bill_of_materials.ts";
import { lockedPackages } from "./locked_packages.ts";
import { packageManifest } from "./package_manifest.ts";
import { type ProjectConfig, runtimeImports } from "./runtime_imports.ts";
import { root, runTask } from "../../scripts/lib/test_helpers.ts";

interface Component {
  readonly "bom-ref": string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly scope: string;
  readonly purl: string;
  readonly hashes: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses: readonly {
    readonly license?: { id?: string; name?: string };
    readonly expression?: string;
  }[];
}

const project = root.slice(0, -1);
const lock = Deno.readTextFileSync(`${root}deno.lock`);
const config = JSON.parse(Deno.readTextFileSync(`${root}deno.json`)) as ProjectConfig;
const packages = lockedPackages(lock);
const text = billOfMaterials({
  config,
  packages,
  runtime: runtimeImports(config, project),
  manifestOf: (locked) => packageManifest(locked, project),
});
const bill = JSON.parse(text);
const components = bill.components as readonly Component[];

function licenceOf({ licenses: [first] }: Component): string {
  return first!.expression ?? first!.license!.id ?? first!.license!.name!;
}

function idOf({ group, name, version }: Component): string {
  return `${group === undefined ? "" : `${group}/`}${name}@${version}`;
}

Deno.test("billOfMaterials() has the form of CycloneDX 1.6", () => {
  assertEquals([bill.bomFormat, bill.specVersion, bill.version], ["CycloneDX", "1.6", 1]);
  assertMatch(bill.serialNumber, /^urn:uuid:[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  const { type, name, version, licenses } = bill.metadata.component;
  assertEquals([type, name, version], ["application", config.name, config.version]);
  assertEquals(licenses, [{ license: { id: "MIT" } }]);
  for (const component of components) {
    assertMatch(component.purl, /^pkg:npm\/(%40[\w.-]+\/)?[\w.-]+@[\w.-]+$/);
    assertEquals(component["bom-ref"], component.purl);
    assertEquals(component.hashes.map(({ alg }) => alg), ["SHA-512"]);
    assertMatch(component.hashes[0]!.content, /^[\da-f]{128}$/);
    assert(["required", "optional", "excluded"].includes(component.scope), component.purl);
  }
});

Deno.test("billOfMaterials() names every package of deno.lock once, sorted, and how they depend on each other", () => {
  const keys = Object.keys(JSON.parse(lock).npm).map((key) => key.split("_")[0]!);
  assertEquals(components.map(idOf), keys.toSorted());
  assertEquals(new Set(components.map(({ purl }) => purl)).size, keys.length);
  const references = [bill.metadata.component["bom-ref"], ...components.map(({ purl }) => purl)];
  const dependencies = bill.dependencies as readonly { ref: string; dependsOn: readonly string[] }[];
  assertEquals(dependencies.map(({ ref }) => ref), references);
  const reached = new Set(dependencies.flatMap(({ dependsOn }) => dependsOn));
  assertEquals([...reached].toSorted(), components.map(({ purl }) => purl).toSorted());
  const direct = dependencies[0]!.dependsOn.map((ref) => ref.replace("%40", "@").replace("pkg:npm/", "npm:"));
  assertEquals(direct, JSON.parse(lock).workspace.dependencies);
});

Deno.test("billOfMaterials() gives each package a licence known to be compatible", () => {
  const known = ["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0 AND MIT"];
  const others = components.filter((component) => !known.includes(licenceOf(component)));
  assertEquals(others.map((component) => [idOf(component), licenceOf(component), component.scope]), [
    ["axe-core@4.14.1", "MPL-2.0", "excluded"],
    ["dejavu-fonts-ttf@2.37.3", "Bitstream Vera, changes in the public domain", "required"],
  ]);
});

Deno.test("billOfMaterials() depends on its input alone, and its serial number on every part of it", () => {
  const again = (lockText: string) =>
    billOfMaterials({
      config,
      packages: lockedPackages(lockText),
      runtime: [],
      manifestOf: ({ name, version }) => ({ name, version, license: "MIT" }),
    });
  assertEquals(again(lock), again(lock));
  const changed = lock.replace(/"sha512-./, '"sha512-/');
  assert(JSON.parse(again(changed)).serialNumber !== JSON.parse(again(lock)).serialNumber);
  assertEquals(/registry\.|npmjs|timestamp/.exec(text), null);
});

Deno.test("the tables of docs/dependencies.md are what is pinned, locked and installed", async (t) => {
  const docs = await Deno.readTextFile(`${root}docs/dependencies.md`);
  const form = (licence: string, use: string) => `${licence}, ${use}`;
  const direct = Object.values(config.imports).map(packageId).filter((id) => id !== null);
  const used = (own: readonly Component[]) =>
    own.map((component) => [
      idOf(component).replace(/^@napi-rs\/canvas-.*@/, "@napi-rs/canvas-*@"),
      form(licenceOf(component), component.scope === "excluded" ? "development" : "runs"),
    ]);
  const written = (heading: string) => {
    const section = docs.split("\n## ").find((one) => one.startsWith(heading))!;
    return [...section.matchAll(/^\| (\S+) (\d\S*) \| (.+?) \| (runs|development) \| .+ \|$/gm)]
      .map(([, name, version, licence, use]) => [`${name}@${version}`, form(licence!, use!)]);
  };
  await t.step("direct", () => {
    const expected = used(components.filter((component) => direct.includes(idOf(component))));
    assertEquals(Object.fromEntries(written("Direct")), Object.fromEntries(expected));
    assertEquals(written("Direct").length, expected.length);
  });
  await t.step("through others", () => {
    const expected = Object.fromEntries(
      used(components.filter((component) => !direct.includes(idOf(component)))),
    );
    assertEquals(Object.fromEntries(written("Through others")), expected);
    assertEquals(written("Through others").length, Object.keys(expected).length);
  });
  await t.step("each is pinned exactly", () => {
    for (const target of Object.values(config.imports).filter((one) => !one.startsWith("./"))) {
      assertMatch(target, /^npm:\/?(@[\w-]+\/)?[\w.-]+@\d+\.\d+\.\d+\/?$/);
    }
  });
});

Deno.test("no package has an install script, and Deno may run none", () => {
  assertEquals(Object.keys(config).filter((key) => /allowScripts/i.test(key)), []);
  const withScripts = packages.filter((locked) => {
    const { scripts = {} } = packageManifest(locked, project);
    return ["preinstall", "install", "postinstall"].some((name) => name in scripts);
  });
  assertEquals(withScripts.map(({ id }) => id), []);
});

Deno.test("packageManifest() is that of the package, and builds for this platform have the licence of their package", () => {
  for (const locked of packages) {
    const { name, version, license } = packageManifest(locked, project);
    assertEquals(`${name}@${version}`, locked.platformOf ?? locked.id);
    const own = packageManifestIfThere(locked.id, locked.name);
    if (own !== null) assertEquals(own.license, license, locked.id);
  }
});

/** The package.json of a build for a platform that may not be this one. */
function packageManifestIfThere(id: string, name: string): { license?: string } | null {
  try {
    const folder = `${root}node_modules/.deno/${id.replace("/", "+")}/node_modules/${name}`;
    return JSON.parse(Deno.readTextFileSync(`${folder}/package.json`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

Deno.test("lockedPackages() refuses what it does not know", async (t) => {
  const cases: Record<string, [object, string]> = {
    "another version": [{ version: "6" }, "its version is 6"],
    "code from the network": [{ version: "5", remote: {} }, "parts version, remote"],
    "no hash": [{ version: "5", npm: { "a@1.0.0": {} } }, "a@1.0.0 must have a SHA-512"],
    "a weak hash": [
      { version: "5", npm: { "a@1.0.0": { integrity: "sha1-AA==" } } },
      "its integrity is sha1-AA==",
    ],
    "a package that is not there": [
      { version: "5", npm: { "a@1.0.0": { integrity: "sha512-AA==", dependencies: ["b"] } } },
      "it names b but does not hold it",
    ],
    "no version": [
      { version: "5", npm: { "a": { integrity: "sha512-AA==" } } },
      '"a" is no name and version',
    ],
  };
  for (const [name, [value, message]] of Object.entries(cases)) {
    await t.step(name, () => {
      assertThrows(() => lockedPackages(JSON.stringify(value)), TypeError, message);
    });
  }
});

Deno.test(
  "deno task sbom prints the bill or writes it where the user says, and nothing else",
  inFolder(async (folder, t) => {
    await t.step("printed", async () => {
      const { code, stdout, stderr } = await runTask("sbom", []);
      assertEquals([code, stderr], [0, ""]);
      assertEquals(stdout, text);
    });
    await t.step("written", async () => {
      const { code, stdout } = await runTask("sbom", ["--out", "bill.json"], { INIT_CWD: folder });
      assertEquals([code, stdout], [0, ""]);
      assertEquals(await Deno.readTextFile(`${folder}/bill.json`), text);
    });
    await t.step("a folder that is not there", async () => {
      const { code, stderr } = await runTask("sbom", ["--out", `${folder}/none/bill.json`]);
      assertEquals([code, stderr.trimEnd().split("\n").length], [2, 1]);
      assertMatch(stderr, /^Cannot write .*none\/bill\.json/);
    });
    await t.step("not over what it is made from", async () => {
      const lock = `${root}/deno.lock`;
      const before = await Deno.readTextFile(lock);
      const { code, stderr } = await runTask("sbom", ["--out", lock]);
      const after = await Deno.readTextFile(lock);
      if (after !== before) await Deno.writeTextFile(lock, before);
      assertEquals([code, stderr.trimEnd().split("\n").length, after], [2, 1, before]);
    });
  }),
);
