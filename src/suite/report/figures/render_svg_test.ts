import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { Figure, LinePanel, Panel } from "../../figure.ts";
import { decodeImage } from "../../../data/readers/images/decode_image.ts";
import { figureStamp } from "./figure_stamp.ts";
import { renderSvg } from "./render_svg.ts";
import { seriesColours } from "./series_style.ts";
import { fixedRun, smallFigures } from "./testdata/small_figures.ts";

function figureWith(...panels: Panel[]): Figure {
  return { id: "f", title: "t", caption: "c", panels };
}

function figureWithLines(lines: LinePanel["lines"], y: LinePanel["y"] = { label: "y" }): Figure {
  return figureWith({ kind: "lines", x: { label: "x" }, y, lines });
}

function writtenTexts(svg: string): string[] {
  const entities: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
  return [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)]
    .map(([, text]) => text!.replaceAll(/<[^>]*>/g, "").replace(/&(\w+);/g, (_, name) => entities[name]!));
}

/** Whether every element that is opened is closed in order, and no other `<` or bare `&` occurs. */
function isWellFormed(svg: string): boolean {
  const open: string[] = [];
  const rest = svg.replace(
    /<(\/?)([a-zA-Z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/g,
    (_, end, name, _attributes, alone) => {
      if (end) return open.pop() === name ? "" : "<";
      if (!alone) open.push(name);
      return "";
    },
  );
  return open.length === 0 && !rest.includes("<") && !/&(?!(lt|gt|amp|quot|apos);)/.test(svg);
}

for (const [kind, figure] of Object.entries(smallFigures)) {
  Deno.test(`renderSvg() of ${kind}`, async (t) => {
    const svg = renderSvg(figure);
    assert(isWellFormed(svg));
    assertEquals(renderSvg(structuredClone(figure)), svg);
    // Pixels have a test of their own, and how they are packed is the business of zlib.
    await t.assertSnapshot(svg.replace(/base64,[^"]*/g, "base64,...").replaceAll("><", ">\n<"));
  });
}

Deno.test("renderSvg() writes every name, label and title", () => {
  const of = (kind: Panel["kind"]) => writtenTexts(renderSvg(smallFigures[kind], { heading: true }));
  const expected: Record<Panel["kind"], string[]> = {
    lines: [
      "errors",
      "training images",
      "test error (%)",
      "<script>alert(1)</script>",
      "chance & more",
      "2,000",
      "2J",
    ],
    points: ["first component", "second component", "class 0", "class 1", "class2", "least"],
    tiles: ["j = 0", "j = 1", "values from −1 to 1"],
    matrix: ["query", "key", "<s>", "↵", "·the", "sink", "0", "1"],
    discs: [],
    tokens: ["before", "after", "<b>", "·cat", "↵"],
    table: ["Ratios", "<network>", "ΣB", "with 1/C", "n", "x", "1.5", "FT F", "100"],
  };
  for (const [kind, texts] of Object.entries(expected)) {
    const written = of(kind as Panel["kind"]);
    for (const text of [...texts, `The ${kind}`]) {
      assert(written.includes(text), `${text} is missing in ${kind}`);
    }
  }
  assertEquals(of("lines").filter((text) => text.startsWith("<script>")).length, 1);
});

Deno.test("renderSvg() escapes markup in every text and holds no script, style sheet or outer reference", () => {
  const hostile = `"><script>alert('x')</script>&`;
  const axis = { label: hostile };
  const svg = renderSvg({
    id: "f",
    title: hostile,
    caption: hostile,
    panels: [
      {
        kind: "lines",
        title: hostile,
        x: axis,
        y: axis,
        lines: [{ name: hostile, source: "bound", points: [] }],
      },
      { kind: "points", x: axis, y: axis, groups: [{ name: hostile, points: [] }] },
      { kind: "tokens", rows: [{ label: hostile, tokens: [{ text: hostile, rgb: [0, 0, 0] }] }] },
    ],
  }, { heading: true });
  assert(isWellFormed(svg));
  assert(!svg.includes("<script") && !svg.includes("<style") && !/(href|url)[=(]"?(?!data:|#)/.test(svg));
});

Deno.test("renderSvg() is named for those who do not see it, with ids of its own", () => {
  const svg = renderSvg(smallFigures.lines, { idPrefix: "module-lines" });
  assertStringIncludes(svg, 'role="img" aria-labelledby="module-lines-title module-lines-desc"');
  assertStringIncludes(svg, '<desc id="module-lines-desc">What is seen</desc>');
  const ids = [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id!);
  assertEquals(new Set(ids).size, ids.length);
  assert(ids.every((id) => id.startsWith("module-lines-")));
});

Deno.test("renderSvg() paints any finite lines: well-formed, no NaN, every name once", () => {
  const name = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme-ascii" });
  const y = fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { nil: null });
  const line = fc.record({
    name,
    source: fc.constantFrom("measured" as const, "published" as const, "bound" as const),
    points: fc.uniqueArray(fc.record({ x: fc.integer({ min: -1000, max: 1000 }), y }), {
      selector: ({ x }) => x,
      maxLength: 60,
    }).map((points) => points.sort((a, b) => a.x - b.x)),
  });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const svg = renderSvg(figureWithLines(lines));
      assert(isWellFormed(svg));
      assert(!/NaN|Infinity|undefined/.test(svg.replace(/<text[^>]*>[^<]*<\/text>/g, "")));
      const texts = writtenTexts(svg);
      for (const { name } of lines) assert(texts.includes(name) || texts.includes(`${name}: no value`));
    }),
    { numRuns: 60 },
  );
});

Deno.test("renderSvg() breaks a line at a gap and marks the points around it", () => {
  const line = (ys: (number | null)[]) => {
    const svg = renderSvg(
      figureWithLines([{ name: "a", source: "measured", points: ys.map((y, x) => ({ x, y })) }]),
    );
    const clipped = svg.split("<g clip-path")[1]!.split("</g>")[0]!;
    return [clipped.split("<path").length - 1, clipped.split("<circle").length - 1];
  };
  assertEquals(line([1, 2, 3, 4, 5]), [1, 5]);
  assertEquals(line([1, 2, null, 4, 5]), [2, 4]);
  assertEquals(line([1, null, 3, null]), [0, 2]);
});

Deno.test("renderSvg() ends an interval that leaves a logarithmic axis at its foot", () => {
  const point = { x: 1, y: 1, upper: 2 };
  const log = { label: "y", scale: "log" as const, domain: [0.1, 10] as const };
  const paint = (lower: number) =>
    renderSvg(figureWithLines([{ name: "a", source: "measured", points: [{ ...point, lower }] }], log));
  const withoutTitles = (svg: string) => svg.replaceAll(/<title>[^<]*<\/title>/g, "");
  assertEquals(withoutTitles(paint(-1)), withoutTitles(paint(0.1)));
  assertThrows(
    () => renderSvg(figureWithLines([{ name: "a", source: "measured", points: [{ x: 1, y: -1 }] }], log)),
    RangeError,
    'Cannot paint -1 on the logarithmic axis "y"',
  );
});

Deno.test("renderSvg() says where nothing was measured", () => {
  const texts = writtenTexts(
    renderSvg(figureWithLines([{ name: "a", source: "measured", points: [{ x: 1, y: null }] }])),
  );
  assert(texts.includes("no value") && texts.includes("a: no value"));
});

Deno.test("renderSvg() gives a name the same colour in every panel", () => {
  const axis = { label: "x" };
  const panel = (names: string[]): Panel => ({
    ...{ kind: "lines", x: axis, y: axis },
    lines: names.map((name) => ({ name, source: "measured", points: [{ x: 1, y: 1 }, { x: 2, y: 2 }] })),
  });
  const svg = renderSvg(figureWith(panel(["a", "b"]), panel(["b"])));
  const colours = [...svg.matchAll(/stroke="(#\w+)" stroke-width="1.75"/g)].map(([, colour]) => colour);
  assertEquals(colours, [colours[0], colours[1], colours[1]]);
});

Deno.test("renderSvg() stands panels in rows of `columns`", () => {
  const panels = [1, 2, 3].map(() => smallFigures.tiles.panels[0]!);
  const places = [
    ...renderSvg({ ...figureWith(...panels), columns: 2 }).matchAll(/translate\(([\d.]+) ([\d.]+)\)/g),
  ]
    .slice(1)
    .map(([, x, y]) => [Number(x), Number(y)]);
  assertEquals(places[0], [0, 0]);
  assert(places[1]![0]! > 0 && places[1]![1] === 0);
  assert(places[2]![0] === 0 && places[2]![1]! > 0);
});

Deno.test("renderSvg() maps values of tiles and matrices to colours", () => {
  const pixels = (figure: Figure, index: number) => {
    const base64 = [...renderSvg(figure).matchAll(/base64,([^"]*)/g)][index]![1]!;
    return [...decodeImage(Uint8Array.fromBase64(base64), "pixels.png").data];
  };
  assertEquals(pixels(smallFigures.tiles, 0), [33, 102, 172, 178, 24, 43]);
  assertEquals(pixels(smallFigures.matrix, 0).slice(0, 6), [8, 48, 107, 247, 251, 255]);
  const tile = { width: 1, height: 2, values: [3, 5] };
  const grey: Panel = { kind: "tiles", columns: 1, colours: "grey", range: "tile", tiles: [tile] };
  assertEquals(pixels(figureWith(grey), 0), [0, 0, 0, 255, 255, 255]);
  const rgb = { width: 1, height: 1, values: [0, 0.5, 1] };
  assertEquals(pixels(figureWith({ ...grey, colours: "rgb", tiles: [rgb] }), 0), [0, 128, 255]);
});

Deno.test("renderSvg() turns angles counter-clockwise: a quarter from the x axis lies in the upper right", () => {
  const quarter = { inner: 0.2, outer: 0.5, from: 0, to: Math.PI / 2, value: 1 };
  const svg = renderSvg(figureWith({ kind: "discs", columns: 1, discs: [[quarter]] }));
  const path = /d="M([^"]*)Z"/.exec(svg)![1]!.split(" ").map(Number);
  assertEquals(path.slice(0, 2), [250, 0]);
  for (let i = 0; i < path.length; i += 2) assert(path[i]! >= 0 && path[i + 1]! <= 0);
});

Deno.test("renderSvg() refuses figures that cannot be painted", () => {
  const tile = { width: 2, height: 2, values: [1] };
  const matrix = smallFigures.matrix.panels[0] as Extract<Panel, { kind: "matrix" }>;
  const sector = { inner: 0.5, outer: 0.2, from: 0, to: 1, value: 1 };
  const cases: [string, Panel][] = [
    ["2 x 2 x 1 values", { kind: "tiles", columns: 1, colours: "grey", range: "tile", tiles: [tile] }],
    ["finite", {
      kind: "tiles",
      columns: 1,
      colours: "grey",
      range: "tile",
      tiles: [{ ...tile, values: [1, 2, 3, NaN] }],
    }],
    ["rows x columns values", { ...matrix, values: [1] }],
    ["domain must rise", { ...matrix, domain: [1, 1] }],
    ["must have a name", { ...matrix, rowNames: ["a"] }],
    ["at one of its columns", { ...matrix, marks: [{ column: 2, label: "" }] }],
    ["inner < outer", { kind: "discs", columns: 1, discs: [[sector]] }],
    ["lie in [0, 1]", { kind: "tokens", rows: [{ label: "", tokens: [{ text: "a", rgb: [0, 0, 2] }] }] }],
  ];
  for (const [rule, panel] of cases) assertThrows(() => renderSvg(figureWith(panel)), RangeError, rule);
  const falling = [{ x: 2, y: 1 }, { x: 1, y: 1 }];
  assertThrows(
    () => renderSvg(figureWithLines([{ name: "a", source: "bound", points: falling }])),
    RangeError,
    "x must rise",
  );
  assertThrows(
    () => renderSvg({ ...figureWith(), id: "../f" }),
    RangeError,
    'Cannot paint the figure "../f"',
  );
});

Deno.test("renderSvg() says the values of a marked point, as they are and not where an axis cuts them off", () => {
  const points = [{ x: 300, y: 4.71234, lower: 4.1, upper: 5.3 }, { x: 1000, y: 2.3 }];
  const svg = renderSvg(figureWithLines([{ name: "a < b", source: "measured", points }], { label: "y" }));
  assertStringIncludes(svg, "<title>a &lt; b, measured: 4.712 (4.1 to 5.3) at x = 300</title></circle>");
  assertStringIncludes(svg, "<title>a &lt; b, measured: 2.3 at x = 1000</title></circle>");
});

const axis = { label: "x" };
const stamp = figureStamp({ reproduction: "toy", standIn: false }, fixedRun);

Deno.test("renderSvg() never joins published values, and paints each as a hollow mark", () => {
  const points = Array.from({ length: 60 }, (_, x) => ({ x, y: x % 7 }));
  const svg = renderSvg(figureWithLines([{ name: "a", source: "published", points }]));
  const clipped = svg.split("<g clip-path")[1]!.split("</g>")[0]!;
  assertEquals(clipped.match(/<circle [^>]*fill="none" stroke="#0072b2"/g)?.length, 60);
  assert(!clipped.includes("<path"));
});

Deno.test("renderSvg() paints levels across the panel, in the colour of the line of their name or of the text", () => {
  const panel: Panel = {
    kind: "lines",
    x: { label: "x", domain: [0, 10] },
    y: { label: "y", domain: [0, 10] },
    lines: [{ name: "a", source: "measured", points: [{ x: 1, y: 1 }] }],
    levels: [{ name: "a", source: "published", value: 4 }, {
      name: "least",
      source: "bound",
      axis: "x",
      value: 5,
    }],
  };
  const svg = renderSvg(figureWith(panel));
  const levels = [...svg.matchAll(
    /<path d="M[\d.]+ [\d.]+([hv])([\d.]+)" stroke="([^"]+)" [^>]*stroke-dasharray="([^"]+)"[^>]*><title>([^<]+)/g,
  )].map(([, direction, , colour, dash, title]) => [direction, colour, dash, title]);
  assertEquals(levels, [
    ["h", seriesColours[0], "5 3.5", "a: 4"],
    ["v", "currentColor", "1.5 3", "least: 5"],
  ]);
  const texts = writtenTexts(svg);
  assertEquals(texts.filter((text) => text === "a").length, 1);
  for (const text of ["least", "measured", "published", "bound"]) assert(texts.includes(text), text);
});

Deno.test("renderSvg() shades what is allowed over its values", () => {
  const panel: Panel = {
    kind: "lines",
    x: axis,
    y: { label: "y", domain: [-2, 2] },
    lines: [{ name: "a", source: "measured", points: [{ x: 1, y: 0.5 }, { x: 2, y: -1.5 }] }],
    allowed: [-1, 1],
  };
  const svg = renderSvg(figureWith(panel));
  const [y, height] = /<rect x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)" fill="currentColor"/
    .exec(svg)!
    .slice(1).map(Number);
  const places = [...svg.matchAll(/cy="([\d.]+)" r="3" fill="#0072b2"/g)].map(([, place]) => Number(place));
  // The band has the height of two units, and its middle is that of the axis.
  assertEquals(Math.round(height!), Math.round(places[1]! - places[0]!));
  assert(Math.abs(places[0]! - (y! + height! / 4)) < 0.1);
  assert(writtenTexts(svg).includes("allowed"));
});

Deno.test("renderSvg() writes names beside their centres, on a ground of their colour, and no two over each other", () => {
  const names = ["airplane", "automobile", "bird", "cat", "deer"];
  const groups = names.map((name, i) => ({
    name,
    points: [{ x: -3, y: -3 }, { x: 3, y: 3 }],
    centre: { x: 0.1 * i, y: 0 },
    nameAt: "centre" as const,
  }));
  const svg = renderSvg(figureWith({ kind: "points", x: axis, y: axis, groups }));
  const grounds = [
    ...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" rx="3"/g),
  ]
    .map(([, ...numbers]) => numbers.map(Number));
  assertEquals(grounds.length, names.length);
  for (const [i, [x, y, width, height]] of grounds.entries()) {
    for (const [otherX, otherY, otherWidth, otherHeight] of grounds.slice(i + 1)) {
      const apart = x! + width! <= otherX! || otherX! + otherWidth! <= x! || y! + height! <= otherY! ||
        otherY! + otherHeight! <= y!;
      assert(apart, `${names[i]} covers another name`);
    }
  }
  for (const name of names) assertEquals(writtenTexts(svg).filter((text) => text === name).length, 1);
});

Deno.test("renderSvg() says where a picture comes from, and nothing that another run would say otherwise", () => {
  const texts = writtenTexts(renderSvg(smallFigures.tiles, { stamp }));
  assertEquals(texts.at(-1), "toy, profile standard, commit 0123456789");
  assert(!texts.includes("stand-in"));
  assertEquals(renderSvg(smallFigures.tiles, { stamp }), renderSvg(smallFigures.tiles, { stamp }));
  const later = { ...fixedRun, environment: { commit: null, dirty: null } };
  const { text } = figureStamp({ reproduction: "toy", standIn: false }, later);
  assertEquals(text, "toy, profile standard, commit not known");
});

Deno.test("renderSvg() of a stand-in says so across every panel, whatever its kind", () => {
  const standIn = figureStamp({ reproduction: "toy", standIn: true }, fixedRun);
  for (const { panels: [panel] } of Object.values(smallFigures)) {
    const svg = renderSvg(figureWith(panel!, panel!), { stamp: standIn });
    assertEquals(svg.match(/<g transform="[^"]*rotate\(-[\d.]+\)"><text[^>]*>stand-in<\/text>/g)?.length, 2);
    assertStringIncludes(svg, "commit 0123456789, stand-in</text>");
  }
});

Deno.test("renderSvg() sets scripts above and below the line, and says them plainly to those who do not see them", () => {
  const svg = renderSvg({
    ...figureWithLines([{ name: "σ_{w}^{2}", source: "measured", points: [{ x: 1, y: 1 }] }], {
      label: "2^{J}",
    }),
    title: "F^{T} F",
    caption: "At 2^{J}.",
  }, { heading: true });
  assert(isWellFormed(svg));
  assertStringIncludes(svg, '<title id="f-title">Fᵀ F</title>');
  assertStringIncludes(svg, '<desc id="f-desc">At 2ᴶ.</desc>');
  assertStringIncludes(svg, "<title>σ_w², measured: 1 at x = 1</title>");
  assertStringIncludes(svg, '>2<tspan dy="-4.56" font-size="8.64">J</tspan></text>');
  // The superscript begins where the subscript began.
  assertMatch(
    svg,
    />σ<tspan dy="2.4" font-size="8.64">w<\/tspan><tspan dx="-7.07" dy="-6.96" font-size="8.64">2<\/tspan>/,
  );
  assert(!/[\^_]\{/.test(svg));
});

Deno.test("renderSvg() lets levels at one value take turns, so that each is seen", () => {
  const panel: Panel = {
    kind: "lines",
    x: axis,
    y: axis,
    lines: ["a", "b"].map((name) => ({ name, source: "measured", points: [{ x: 1, y: 1 }, { x: 2, y: 5 }] })),
    levels: [
      { name: "a", source: "published", value: 2 },
      { name: "b", source: "published", value: 2 },
      { name: "b", source: "published", value: 4 },
    ],
  };
  const strokes = [
    ...renderSvg(figureWith(panel)).matchAll(
      /stroke-dasharray="([^"]*)"[^>]*?(?: stroke-dashoffset="([^"]*)")?><title>/g,
    ),
  ].map(([, dash, offset]) => [dash, offset]);
  assertEquals(strokes, [["5 12", "0"], ["5 12", "-8.5"], ["5 3.5", undefined]]);
});

Deno.test("renderSvg() stands a table in a row of its own, whose width widens no column", () => {
  const tile = smallFigures.tiles.panels[0]!;
  const table: Panel = { kind: "table", columns: ["a", "b".repeat(100)], rows: [] };
  const svg = renderSvg({ ...figureWith(tile, tile, table, tile, tile), columns: 2 });
  const places = [...svg.matchAll(/<g transform="translate\(([\d.]+) ([\d.]+)\)">/g)].slice(1)
    .map(([, x, y]) => [Number(x), Number(y)]);
  const [first, second, third, fourth, fifth] = places;
  assertEquals([first![0], third![0], fourth![0]], [0, 0, 0]);
  assertEquals([first![1], fourth![1]], [second![1], fifth![1]]);
  assert(third![1]! > first![1]! && fourth![1]! > third![1]!);
  assertEquals(second![0], fifth![0]);
  assert(second![0]! < 600);
});

Deno.test("renderSvg() refuses a row of a table that has not a text for every column", () => {
  const table: Panel = { kind: "table", columns: ["a", "b"], rows: [["only"]] };
  assertThrows(
    () => renderSvg(figureWith(table)),
    RangeError,
    'Cannot paint the row "only" of a table of 2 columns',
  );
});
