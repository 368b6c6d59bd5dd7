import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { UsageError } from "../../../errors.ts";
import { inFolder } from "../../../files/test_helpers.ts";
import { fixedRun, smallFigures } from "./testdata/small_figures.ts";
import { writeFigures } from "./write_figures.ts";

Deno.test(
  "writeFigures() says which folder it cannot write",
  inFolder(async (out) => {
    await Deno.writeTextFile(join(out, "figures"), "a file of that name");
    await assertRejects(
      () => writeFigures(out, [{ reproduction: "m", figure: smallFigures.tiles, standIn: false }], fixedRun),
      UsageError,
      `Cannot write ${join(out, "figures")}`,
    );
    assertEquals(await Deno.readTextFile(join(out, "figures")), "a file of that name");
  }),
);
