import type { Results } from "../runner/results.ts";
import { escapeXml } from "./escape_xml.ts";

/** What a badge says, and in which colour. */
interface Message {
  readonly text: string;
  readonly colour: string;
}

/**
 * A status badge: whether a run came out as the golden files expect, in words and counts. It needs no font, style sheet
 * or network.
 *
 * @param results The judged results.
 * @returns An SVG document.
 *
 * @example Usage
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { fixedResults } from "./testdata/fixed_results.ts";
 *
 * assertStringIncludes(badge(fixedResults), "<title>reproduction: 2 unexpected, 1 moved, 1 failed job</title>");
 * ```
 */
export function badge(results: Results): string {
  const label = "reproduction";
  const { text, colour } = messageOf(results);
  // The text is stretched to its box, so that no font makes it overflow.
  const [left, right] = [label, text].map((part) => Math.ceil(part.length * 6.4) + 16) as [number, number];
  const width = left + right;
  const words = (part: string, x: number, length: number) =>
    `<text x="${x + 8}" y="14" textLength="${length - 16}" lengthAdjust="spacingAndGlyphs">${
      escapeXml(part)
    }</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" viewBox="0 0 ${width} 20" role="img">
<title>${escapeXml(`${label}: ${text}`)}</title>
<clipPath id="round"><rect width="${width}" height="20" rx="3"/></clipPath>
<g clip-path="url(#round)"><rect width="${left}" height="20" fill="#444"/><rect x="${left}" width="${right}" height="20" fill="${colour}"/></g>
<g fill="#fff" font-family="Verdana, 'DejaVu Sans', sans-serif" font-size="11">${words(label, 0, left)}${
    words(text, left, right)
  }</g>
</svg>
`;
}

function messageOf({ profile, modules, summary }: Results): Message {
  const { cells, agrees, deviates, unexpected, moved, standIn, notMeasured } = summary;
  const failed = modules.reduce((count, module) => count + module.failures.length, 0);
  const digests = modules.filter(({ digestVerdict }) => digestVerdict === "moved").length;
  const faults = [
    unexpected > 0 && `${unexpected} unexpected`,
    moved > 0 && `${moved} moved`,
    moved === 0 && digests > 0 && "digest moved",
    failed > 0 && `${failed} failed ${failed === 1 ? "job" : "jobs"}`,
  ].filter((fault) => fault !== false);
  if (faults.length > 0) return { text: faults.join(", "), colour: "#b3261e" };
  if (profile === "smoke") return { text: "smoke run: no result", colour: "#66625a" };
  if (standIn > 0) return { text: "stand-in data: no result", colour: "#66625a" };
  if (notMeasured === cells) return { text: "nothing measured", colour: "#66625a" };
  const parts = [`${agrees} agree`, `${deviates} deviate as expected`];
  if (notMeasured > 0) parts.push(`${notMeasured} not measured`);
  return { text: parts.join(", "), colour: "#0a664a" };
}
