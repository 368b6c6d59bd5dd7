import fc from "fast-check";
import { changedBytes } from "./changed_bytes.ts";
import { utf8 } from "./utf8.ts";

/** How deep the deepest values are nested: more than a recursive function can follow. */
const depth = 20_000;

/** Stands for a deeply nested list until the text is written. */
const deep = "\u0001deep";

const extremes: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e-320, 1e308, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 24],
  ...["", "NaN", "1e999", "x\n\u001b[31m", "../../evil", "toString", "__proto__", "x".repeat(300), deep],
  ...[[], {}, [null], [[]], { a: 1 }, JSON.parse('{"__proto__":{"a":1},"constructor":1}')],
];

/** Keys that objects have of themselves, and one that nothing has. */
const keys = ["__proto__", "constructor", "toString", "x\ny"];

interface Change {
  readonly kind: "replace" | "remove" | "repeat" | "rename" | "add";
  readonly at: number;
  readonly value: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom("replace", "replace", "replace", "remove", "repeat", "rename", "add"),
  at: fc.nat(2 ** 16),
  value: fc.nat(2 ** 10),
});

/**
 * JSON texts that are valid but for values of another type or size, missing, repeated or renamed members, and at
 * times changed bytes.
 *
 * @param document A valid document, without cycles.
 *
 * @example Usage
 * ```ts
 * import fc from "fast-check";
 * import { assertNotEquals } from "@std/assert";
 *
 * const files = fc.sample(changedJson({ a: 1 }), { numRuns: 20, seed: 1 });
 * assertNotEquals(files.filter((file) => new TextDecoder().decode(file) !== '{"a":1}').length, 0);
 * ```
 */
export function changedJson(document: unknown): fc.Arbitrary<Uint8Array> {
  const source = JSON.stringify(document);
  const texts = fc.array(change, { maxLength: 3 }).map((changes) => {
    const copy = { root: JSON.parse(source) };
    for (const change of changes) apply(copy, change);
    return utf8(
      JSON.stringify(copy.root)?.replaceAll(JSON.stringify(deep), "[".repeat(depth) + "]".repeat(depth)) ??
        "",
    );
  });
  const words = ['"', "\\", "NaN", "-Infinity", "[[[[", "\n", "\uFEFF", '"__proto__":', ",", "1e999"].map(
    utf8,
  );
  return fc.oneof({ weight: 4, arbitrary: texts }, { weight: 1, arbitrary: changedBytes(texts, { words }) });
}

/** Where a value stands: in `holder[key]`. */
interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function apply(copy: { root: unknown }, { kind, at, value }: Change): void {
  const places = placesBelow({ holder: copy, key: "root" });
  const { holder, key } = places[at % places.length]!;
  const isRoot = holder === copy;
  const other = structuredClone(extremes[value % extremes.length]);
  if (kind === "replace" || isRoot) holder[key] = other;
  else if (Array.isArray(holder)) {
    if (kind === "remove") holder.splice(Number(key), 1);
    else holder.splice(Number(key), 0, kind === "repeat" ? holder[Number(key)] : other);
  } else {
    const own = holder[key];
    if (kind === "remove" || kind === "rename") delete holder[key];
    // Not holder[...] =, which would set the prototype.
    if (kind !== "remove") {
      Object.defineProperty(holder, keys[value % keys.length]!, {
        value: own,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
  }
}

/** Every value of a document, itself first. */
function placesBelow(place: Place): Place[] {
  const value = place.holder[place.key];
  if (typeof value !== "object" || value === null) return [place];
  const holder = value as Record<string, unknown>;
  return [place, ...Object.keys(holder).flatMap((key) => placesBelow({ holder, key }))];
}
