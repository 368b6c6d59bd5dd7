import { escapeXml } from "../escape_xml.ts";

/** The value of an attribute; `undefined` leaves it out. */
export type AttributeValue = string | number | undefined;

/**
 * A number as the figures write it: at most two decimals, so that the text does not depend on the last bits.
 *
 * @param value A position or a length in px.
 * @throws {RangeError} Where it is not finite.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([1 / 3, 2, -0.001].map(formatCoordinate), ["0.33", "2", "0"]);
 * ```
 */
export function formatCoordinate(value: number): string {
  if (!Number.isFinite(value)) {
    throw new RangeError(`Cannot paint at ${value}: every coordinate must be finite`);
  }
  return String(Math.round(value * 100) / 100 + 0);
}

/**
 * Numbers of a path, with spaces between them.
 *
 * @param values Positions or lengths in px.
 * @throws {RangeError} Where one is not finite.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(coordinates(1, 2.345), "1 2.35");
 * ```
 */
export function coordinates(...values: readonly number[]): string {
  return values.map(formatCoordinate).join(" ");
}

/**
 * An SVG element.
 *
 * @param name The name of the element.
 * @param attributes Numbers are rounded to two decimals, texts are escaped.
 * @param children Markup, put inside as it is.
 * @throws {RangeError} Where a number is not finite.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(element("path", { d: "M0 0", opacity: 0.5 }), '<path d="M0 0" opacity="0.5"/>');
 * ```
 */
export function element(
  name: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  ...children: readonly string[]
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) =>
      ` ${key}="${typeof value === "number" ? formatCoordinate(value) : escapeXml(value!)}"`
    )
    .join("");
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join("")}</${name}>`;
}

/** How a text is set. */
export interface TextStyle {
  /** The font size in px; 12 by default. */
  readonly size?: number;
  /** Which point of the text stands at x; its start by default. */
  readonly anchor?: "start" | "middle" | "end";
  /** Whether it is bold. */
  readonly bold?: boolean;
  /** The colour; that of the surrounding text by default. */
  readonly colour?: string;
  /** How much it covers what lies below it, in [0, 1]; wholly by default. */
  readonly opacity?: string;
  /** Whether it reads upwards. */
  readonly upwards?: boolean;
}

/**
 * A line of text.
 *
 * @param text What it says; markup in it is escaped.
 * @param x Where it is anchored, in px.
 * @param y The middle of its letters, in px; across for text that reads upwards.
 * @param style How it is set.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(textElement("a < b", 5, 10), '<text x="5" y="14.2">a &lt; b</text>');
 * ```
 */
export function textElement(text: string, x: number, y: number, style: TextStyle = {}): string {
  return writeText(escapeXml(text), x, y, style);
}

/**
 * A line of text whose content is markup already; else as {@linkcode textElement}.
 *
 * @param content Escaped text, with or without elements.
 * @param x Where it is anchored, in px.
 * @param y The middle of its letters, in px; across for text that reads upwards.
 * @param style How it is set.
 */
export function writeText(content: string, x: number, y: number, style: TextStyle = {}): string {
  const { size = 12, anchor = "start", bold = false, colour, opacity, upwards = false } = style;
  // Half the height of a capital, rather than `dominant-baseline`, which Skia does not know.
  const drop = 0.35 * size;
  return element("text", {
    ...(upwards
      ? { transform: `translate(${formatCoordinate(x + drop)} ${formatCoordinate(y)}) rotate(-90)` }
      : {
        x,
        y: y + drop,
      }),
    "font-size": size === 12 ? undefined : size,
    "text-anchor": anchor === "start" ? undefined : anchor,
    "font-weight": bold ? "bold" : undefined,
    fill: colour,
    "fill-opacity": opacity,
  }, content);
}
