import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { fileIdentity, followLinks } from "./follow_links.ts";
import { inFolder } from "./test_helpers.ts";

Deno.test(
  "followLinks() takes a relative link from the folder that holds it, not from one that leads there",
  inFolder(async (temporary) => {
    const folder = await Deno.realPath(temporary);
    await Deno.mkdir(`${folder}/real/inner`, { recursive: true });
    await Deno.writeTextFile(`${folder}/real/target`, "the one");
    await Deno.writeTextFile(`${folder}/target`, "another");
    await Deno.symlink("../target", `${folder}/real/inner/link`);
    await Deno.symlink("real/inner", `${folder}/short`);
    assertEquals(followLinks(`${folder}/short/link`), `${folder}/real/target`);
    assertEquals(fileIdentity(`${folder}/short/link`), fileIdentity(`${folder}/real/target`));
    assertNotEquals(fileIdentity(`${folder}/short/link`), fileIdentity(`${folder}/target`));
  }),
);

Deno.test(
  "followLinks() gives up on links that lead round in a circle",
  inFolder(async (folder) => {
    await Deno.symlink("b", `${folder}/a`);
    await Deno.symlink("a", `${folder}/b`);
    assertThrows(() => followLinks(`${folder}/a`), Error, "symbolic links lead on from it");
  }),
);
