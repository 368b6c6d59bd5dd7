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

Deno.test(
  "writeFigures() awaits what is to be done before each figure, and ends where that throws, with whole files",
  inFolder(async (out) => {
    const figures = [smallFigures.tiles, { ...smallFigures.tiles, id: "second" }];
    let count = 0;
    await assertRejects(
      () =>
        writeFigures(
          out,
          figures.map((figure) => ({ reproduction: "m", figure, standIn: false })),
          fixedRun,
          () => ++count === 2 ? Promise.reject(new Error("interrupted")) : Promise.resolve(),
        ),
      Error,
      "interrupted",
    );
    const written = (await Array.fromAsync(Deno.readDir(`${out}/figures`))).map(({ name }) => name);
    assertEquals([written.length > 1, written.some((name) => /second|part$/.test(name))], [true, false]);
  }),
);
