/**
 * Mathematics in titles, labels and captions: `2^{J}` stands for a superscript, `σ_{w}^{2}` for a subscript with a superscript above
 * it. Only braces make a script: `a_b` and `x^2` are what they are.
 *
 * @module
 */
import { escapeXml } from "../escape_xml.ts";
import { element, formatCoordinate, type TextStyle, writeText } from "./markup.ts";
import { textWidth } from "./text_width.ts";

/** A part of a text that is set on one line. */
export interface TextRun {
  /** What it says. */
  readonly text: string;
  /** Where it is set. */
  readonly script: "none" | "above" | "below";
}

/** The size of a script, as a share of that of the text. */
const scriptSize = 0.72;
/** How far scripts stand above and below the line, as shares of the font size. */
const rise = { above: -0.38, below: 0.2, none: 0 } as const;

/**
 * Cuts a text at its scripts.
 *
 * @param text The text.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(textRuns("2^{J} = 8"), [
 *   { text: "2", script: "none" },
 *   { text: "J", script: "above" },
 *   { text: " = 8", script: "none" },
 * ]);
 * ```
 */
export function textRuns(text: string): TextRun[] {
  return text.split(/([\^_]\{[^{}]*\})/).map((part): TextRun => {
    const script = /^([\^_])\{(.*)\}$/s.exec(part);
    if (script === null) return { text: part, script: "none" };
    return { text: script[2]!, script: script[1] === "^" ? "above" : "below" };
  }).filter(({ text }) => text !== "");
}

const superscripts: Readonly<Record<string, string>> = {
  ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((sign, digit) => [digit, sign])),
  "-": "⁻",
  "−": "⁻",
  "+": "⁺",
  J: "ᴶ",
  T: "ᵀ",
};

/**
 * A text for where nothing can be raised or lowered: a file, or what is read aloud.
 *
 * @param text The text.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["2^{J}", "σ_{w}^{2}", "F^{T} F", "e^{-x}"].map(plainText), ["2ᴶ", "σ_w²", "Fᵀ F", "e^(-x)"]);
 * ```
 */
export function plainText(text: string): string {
  return textRuns(text).map(({ text, script }) => {
    if (script === "none") return text;
    const sign = script === "above" ? "^" : "_";
    if (script === "above" && [...text].every((each) => superscripts[each] !== undefined)) {
      return [...text].map((each) => superscripts[each]).join("");
    }
    return [...text].length === 1 ? `${sign}${text}` : `${sign}(${text})`;
  }).join("");
}

/**
 * A text as HTML, escaped.
 *
 * @param text The text.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(mathHtml("2^{J} < 8"), "2<sup>J</sup> &lt; 8");
 * ```
 */
export function mathHtml(text: string): string {
  const tags = { none: null, above: "sup", below: "sub" } as const;
  return textRuns(text).map(({ text, script }) => {
    const tag = tags[script];
    return tag === null ? escapeXml(text) : `<${tag}>${escapeXml(text)}</${tag}>`;
  }).join("");
}

/** A run, how far it moves the place of what follows, and where it begins: behind a subscript a superscript begins where that did. */
interface PlacedRun extends TextRun {
  readonly size: number;
  /** From the end of the run before. */
  readonly back: number;
}

/** Places the runs of a text, and tells its width. */
function placeRuns(text: string, size: number, bold: boolean): { runs: PlacedRun[]; width: number } {
  let begin = 0;
  let end = 0;
  let reach = 0;
  const runs = textRuns(text).map((run, i, all): PlacedRun => {
    const own = run.script === "none" ? size : scriptSize * size;
    const stacked = run.script === "above" && all[i - 1]?.script === "below";
    const from = stacked ? begin : run.script === "none" ? reach : end;
    const back = from - end;
    begin = from;
    end = from + textWidth(run.text, own, bold);
    reach = Math.max(reach, end);
    return { ...run, size: own, back };
  });
  return { runs, width: reach };
}

/** How wide a text with scripts is set, or a little more. */
export function mathWidth(text: string, size: number, bold = false): number {
  return placeRuns(text, size, bold).width;
}

/**
 * A line of text with scripts.
 *
 * @param text What it says; markup in it is escaped.
 * @param x Where it is anchored, in px.
 * @param y The middle of its capitals, in px; across for text that reads upwards.
 * @param style How it is set.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   mathElement("2^{J}", 5, 10),
 *   '<text x="5" y="14.2">2<tspan dy="-4.56" font-size="8.64">J</tspan></text>',
 * );
 * ```
 */
export function mathElement(text: string, x: number, y: number, style: TextStyle = {}): string {
  const { size = 12, bold = false } = style;
  const { runs } = placeRuns(text, size, bold);
  let height = 0;
  const children = runs.map(({ text, script, size: own, back }) => {
    const wanted = rise[script] * size;
    const dy = wanted - height;
    height = wanted;
    if (dy === 0 && back === 0 && script === "none") return escapeXml(text);
    return element("tspan", {
      dx: formatCoordinate(back) === "0" ? undefined : back,
      dy,
      "font-size": own === size ? undefined : own,
    }, escapeXml(text));
  });
  return writeText(children.join(""), x, y, style);
}
