import type { Results } from "../runner/results.ts";
import { escapeXml } from "./escape_xml.ts";
import { findStandIns } from "./stand_ins.ts";

/** What a badge says, and in which colour. */
interface Message {
  readonly text: string;
  readonly colour: string;
}

/**
 * A status badge: whether a run came out as the golden files expect and, where it did, how many of the measured numbers agree and how
 * many of the measured claims hold. Variants are no part of it. It needs no font, style sheet
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
  const { text, colour } = badgeMessage(results);
  // The text is stretched to its box, so that no font makes it overflow.
  const widthFor = (part: string) => Math.ceil(part.length * 6.4) + 16;
  const left = widthFor(label);
  const right = widthFor(text);
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

/** What is neither a fault nor a success. */
const grey = "#66625a";

function badgeMessage(results: Results): Message {
  const { profile, modules, summary } = results;
  const { cells, numbers, claims, unexpected, moved, notMeasured } = summary;
  const failed = modules.reduce((count, { failures }) => count + failures.length, 0);
  const digests = modules.filter(({ digestVerdict }) => digestVerdict === "moved").length;
  const faults = [
    unexpected > 0 && `${unexpected} unexpected`,
    moved > 0 && `${moved} moved`,
    moved === 0 && digests > 0 && "digest moved",
    failed > 0 && `${failed} failed ${failed === 1 ? "job" : "jobs"}`,
  ].filter((fault) => fault !== false);
  if (faults.length > 0) return { text: faults.join(", "), colour: "#b3261e" };
  if (profile === "smoke") return { text: "smoke run: no result", colour: grey };
  const standIns = findStandIns(results);
  if (standIns?.others === 0) return { text: "stand-in data: no result", colour: grey };
  if (notMeasured === cells) return { text: "nothing measured", colour: grey };
  const agree = numbers.withinNoise + numbers.agrees;
  const measuredNumbers = agree + numbers.deviates;
  const measuredClaims = claims.holds + claims.undecided + claims.fails;
  const left = numbers.notMeasured + claims.notMeasured;
  const parts = [
    measuredNumbers > 0 && `${agree} of ${measuredNumbers} numbers agree`,
    measuredClaims > 0 && `${claims.holds} of ${measuredClaims} claims hold`,
    left > 0 && `${left} not measured`,
    standIns !== null && `${standIns.cells} on a stand-in`,
  ].filter((part) => part !== false);
  if (measuredNumbers + measuredClaims === 0) return { text: "variants alone measured", colour: grey };
  return { text: parts.join(", "), colour: standIns === null ? "#0a664a" : grey };
}
