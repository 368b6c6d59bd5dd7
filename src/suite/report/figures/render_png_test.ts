import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import type { Figure, Panel } from "../../figure.ts";
import { decodeImage } from "../../../data/readers/images/decode_image.ts";
import type { RgbImage } from "../../../data/readers/images/image.ts";
import { inFolder } from "../../../files/test_helpers.ts";
import { renderPng } from "./render_png.ts";
import { figureSize, layoutFigure } from "./render_svg.ts";
import { smallFigures } from "./testdata/small_figures.ts";
import { textWidth } from "./text_width.ts";

const environment = ["NAPI_RS_NATIVE_LIBRARY_PATH", "NAPI_RS_FORCE_WASI", "DISABLE_SYSTEM_FONTS_LOAD"];
/** All that a run needs to paint PNG files: `loadCanvas` promises it. */
const permissions = ["--allow-ffi=node_modules", `--allow-env=${environment}`];

/** Runs `testdata/figure_process.ts`, since the tests themselves have no permission for Skia. */
async function inProcess(flags: readonly string[], args: readonly string[]): Promise<Uint8Array> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", "--no-check", "--allow-read", ...flags],
      ...[fromFileUrl(new URL("testdata/figure_process.ts", import.meta.url)), ...args],
    ],
    cwd: fromFileUrl(new URL("../../../..", import.meta.url)),
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  return stdout;
}

const paint = async (figure: Figure, options: unknown = {}): Promise<RgbImage> =>
  decodeImage(
    await inProcess(permissions, ["png", JSON.stringify(figure), JSON.stringify(options)]),
    "figure.png",
  );

const tell = async (flags: readonly string[], args: readonly string[]): Promise<string> =>
  new TextDecoder().decode(await inProcess(flags, args));

/** How many pixels of a rectangle are not white. */
function inked({ width, data }: RgbImage, x: number, y: number, columns: number, rows: number): number {
  let count = 0;
  for (let row = y; row < y + rows; row++) {
    for (let column = x; column < x + columns; column++) {
      if (data.subarray(3 * (row * width + column)).slice(0, 3).some((level) => level < 128)) count++;
    }
  }
  return count;
}

Deno.test("renderPng() paints at twice the size of the SVG, on white, the same pixels each time", async () => {
  const image = await paint(smallFigures.lines, { heading: false });
  const { width, height } = figureSize(layoutFigure(smallFigures.lines, "lines"), false);
  assertEquals([image.width, image.height], [2 * width, 2 * height]);
  assertEquals([...image.data.subarray(0, 3)], [255, 255, 255]);
  assertEquals(await paint(smallFigures.lines, { heading: false }), image);
});

Deno.test("renderPng() paints text: where it stands there is ink, and none without it", async () => {
  const [panel] = smallFigures.lines.panels;
  const label = (text: string) =>
    paint({ ...smallFigures.lines, panels: [{ ...panel!, title: text } as typeof panel & object] }, {
      heading: false,
    });
  const written = await label("errors");
  const blank = await label(" ");
  // The title stands in the upper left corner: "errors" is about 45 px wide and 9 high.
  const region = [8, 8, 2 * Math.round(textWidth("errors", 12, true)), 30] as const;
  assert(inked(written, ...region) > 200);
  assertEquals(inked(blank, ...region), 0);
});

Deno.test("renderPng() paints pixels of images unsmoothed, in both themes", async () => {
  const tile = { width: 2, height: 1, values: [0, 1] };
  const figure: Figure = {
    ...{ id: "f", title: "", caption: "" },
    panels: [{ kind: "tiles", columns: 1, colours: "grey", range: "tile", tiles: [tile] }],
  };
  for (const [theme, ground] of [["light", 255], ["dark", 0x16]] as const) {
    const { width, data } = await paint(figure, { theme, heading: false });
    assertEquals(data[0], ground);
    const row = data.subarray(3 * 40 * width, 3 * 41 * width);
    const levels = Array.from({ length: width }, (_, column) => row[3 * column]!);
    assert(levels.filter((level) => level === 0).length >= 60);
    assert(levels.filter((level) => level === 255).length >= 60);
  }
});

Deno.test("renderPng() says where a picture comes from, and across a stand-in that it is one", async () => {
  const panel: Panel = { kind: "lines", x: { label: "x" }, y: { label: "y" }, lines: [] };
  const figure: Figure = { id: "f", title: "", caption: "", panels: [panel] };
  const text = "m, profile standard, commit 0123456789";
  const [plain, stamped, standIn] = await Promise.all([
    paint(figure, { heading: false }),
    paint(figure, { heading: false, stamp: { text, standIn: false } }),
    paint(figure, { heading: false, stamp: { text, standIn: true } }),
  ]);
  assert(stamped.height > plain.height);
  const foot = [8, plain.height, 2 * Math.round(textWidth(text, 10)), stamped.height - plain.height] as const;
  assert(inked(stamped, ...foot) > 300);
  const greys = ({ width, data }: RgbImage) => {
    const middle = Math.round(plain.height / 2);
    const rows = data.subarray(3 * width * (middle - 60), 3 * width * (middle + 60));
    return rows.filter((level) => level > 150 && level < 230).length / 3;
  };
  assert(greys(standIn) > greys(stamped) + 5000, `${greys(standIn)}, ${greys(stamped)}`);
});

Deno.test("renderPng() raises and lowers scripts, as the SVG does", async () => {
  const labelled = (label: string): Figure => ({
    ...{ id: "f", title: label, caption: "" },
    panels: [{ kind: "tiles", columns: 1, colours: "grey", range: "tile", tiles: [] }],
  });
  // The heading is 14 px in the upper left corner: a script above reaches higher than the letter before it.
  const highest = async (label: string) => {
    const image = await paint(labelled(label), { scale: 4 });
    const from = Math.round(4 * (4 + textWidth("x", 14, true)));
    const row = Array.from({ length: 120 }, (_, y) => y).find((y) => inked(image, from, y, 60, 1) > 0);
    return row!;
  };
  const [onLine, above, below] = await Promise.all([highest("xx"), highest("x^{x}"), highest("x_{x}")]);
  assert(above < onLine - 8 && below > onLine + 8, `${above}, ${onLine}, ${below}`);
});

Deno.test("renderPng() without the permission for Skia, or a font, says which and how to mend it", async () => {
  const figure = JSON.stringify(smallFigures.tokens);
  assertMatch(
    await tell(["--allow-env"], ["png", figure, "{}"]),
    /^CanvasError: Cannot load Skia to paint PNG files: .*--allow-ffi=node_modules/,
  );
  assertMatch(await tell([], ["png", figure, "{}"]), /^CanvasError: Cannot load Skia .*--allow-env/);
  assertMatch(
    await tell(permissions, ["font", "Absent.ttf"]),
    /^CanvasError: Cannot paint text in PNG files as the font Absent.ttf .*: run deno install$/,
  );
});

Deno.test("textWidth() is what Skia measures for ASCII, and no less for signs of formulas", async () => {
  const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("");
  const signs = "≤≥−×λρθψΦΣ∞⁻³·↵→é";
  const measured: number[] = JSON.parse(await tell(permissions, ["widths", ascii + signs]));
  for (const [i, character] of [...ascii + signs].entries()) {
    const own = textWidth(character, 1000);
    assert(
      i < 95 ? Math.abs(own - measured[i]!) <= 1 : own >= measured[i]! - 1,
      `${character}: ${own}, ${measured[i]}`,
    );
  }
});

Deno.test(
  "writeFigures() writes SVG, CSV and PNG, and turns what cannot be painted into notes",
  inFolder(async (out) => {
    const names = () => [...Deno.readDirSync(join(out, "figures"))].map(({ name }) => name).sort();
    const broken = {
      ...smallFigures.discs,
      id: "broken",
      panels: [{ kind: "discs", columns: 1, discs: [[{}]] }],
    };
    const figures = [smallFigures.tokens, broken, smallFigures.tiles].map((figure) => ({
      reproduction: "m",
      figure,
      standIn: figure === smallFigures.tiles,
    }));
    const write = (flags: readonly string[]) =>
      tell([...flags, `--allow-write=${out}`], ["write", out, JSON.stringify(figures)]);

    const written = JSON.parse(await write(permissions));
    assertEquals(written.notes.length, 1);
    assertMatch(written.notes[0], /^The figure m-broken is not painted: Cannot paint the sector/);
    const both = (ending: string) => [`m-tiles.${ending}`, `m-tokens.${ending}`];
    assertEquals(names(), [...both("csv"), ...both("png"), ...both("svg")].sort());
    assert(decodeImage(await Deno.readFile(join(out, "figures", "m-tiles.png")), "tiles").width > 100);

    const svg = (name: string) => Deno.readTextFile(join(out, "figures", `m-${name}.svg`));
    assertStringIncludes(await svg("tokens"), ">m, profile standard, commit 0123456789</text>");
    assertEquals((await svg("tokens")).includes("stand-in"), false);
    assertStringIncludes(await svg("tiles"), ">m, profile standard, commit 0123456789, stand-in</text>");
    assertStringIncludes(await svg("tiles"), ">stand-in</text>");

    const refused = JSON.parse(await write([]));
    assertEquals(refused.notes.length, 2);
    assertMatch(refused.notes[0], /^The figures are not written as PNG: Cannot load Skia/);
    assertEquals(names(), [...both("csv"), ...both("svg")].sort());
  }),
);

Deno.test("renderPng() refuses a scale that gives no image, or one beyond all use", async () => {
  for (const scale of [0, -1, NaN, 8.1]) {
    await assertRejects(() => renderPng(smallFigures.tiles, { scale }), RangeError, `at scale ${scale}`);
  }
});
