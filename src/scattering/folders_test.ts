import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";

/** What each folder may import of the others; `paths.ts` and `padding.ts` import none, and all may import them. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  banks: [],
  reference: ["banks"],
  engine: ["banks"],
  energy: ["banks", "engine"],
};

const folder = fromFileUrl(new URL(".", import.meta.url));

for (const [name, others] of Object.entries(allowed)) {
  Deno.test(`src/scattering/${name} imports ${others.join(" and ") || "no other folder"} alone`, () => {
    const found = [...Deno.readDirSync(`${folder}${name}`)]
      .filter((entry) => entry.isFile && entry.name.endsWith(".ts") && !entry.name.endsWith("_test.ts"))
      .flatMap((entry) => {
        const source = Deno.readTextFileSync(`${folder}${name}/${entry.name}`);
        return Array.from(
          source.matchAll(/^(?:import|export|\}).* from "\.\.\/(\w+)\//gm),
          ([, other]) => other!,
        );
      });
    assertEquals(found.filter((other) => !others.includes(other)), []);
  });
}
