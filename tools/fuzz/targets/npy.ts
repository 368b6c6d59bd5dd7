import fc from "fast-check";
import { DataError } from "../../../src/errors.ts";
import { npyTypes } from "../../../src/data/readers/npy/npy_array.ts";
import { readNpy } from "../../../src/data/readers/npy/read_npy.ts";
import { writeNpy } from "../../../src/data/readers/npy/write_npy.ts";
import { type PythonLiteral, readPythonLiteral } from "../../../src/data/readers/npy/python_literal.ts";
import { changedBytes } from "../changed_bytes.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { textOf, utf8 } from "../utf8.ts";
import { joinBytes } from "../../../src/files/join_bytes.ts";

/** A file with any header text, of any version. */
function npyFile(version: number, header: string, data: Uint8Array): Uint8Array {
  const length = new Uint8Array(version === 1 ? 2 : 4);
  for (let i = 0; i < length.length; i++) length[i] = header.length >> (8 * i);
  return joinBytes(Uint8Array.of(0x93), utf8("NUMPY"), Uint8Array.of(version, 0), length, utf8(header), data);
}

const shapes = fc.array(fc.nat(4), { maxLength: 3 });
const types = fc.constantFrom(...Object.values(npyTypes));

const written = fc.tuple(shapes, types).map(([shape, type]) =>
  writeNpy(new type(shape.reduce((product, side) => product * side, 1)), shape)
);

/** What other writers and versions of NumPy leave, too: quotes, lists, byte orders, halves, axes in the other order. */
const foreign = fc.record({
  version: fc.constantFrom(1, 2, 3),
  quote: fc.constantFrom("'", '"'),
  descr: fc.constantFrom(
    "<f2",
    ">f2",
    ">f4",
    "=f8",
    "|b1",
    "?",
    "float64",
    ">i8",
    "<U1",
    "|V2",
    "<c8",
    ">u2",
  ),
  order: fc.constantFrom("True", "False"),
  shape: shapes,
  suffix: fc.constantFrom("", "L"),
  brackets: fc.constantFrom("()", "[]"),
}).map(({ version, quote, descr, order, shape, suffix, brackets }) => {
  const bytes = Number(/\d+/.exec(descr.replace("float64", "8"))?.[0] ?? 1);
  const sides = shape.map((side) => `${side}${suffix}, `).join("");
  const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${brackets[0]}${sides}${
    brackets[1]
  }}\n`;
  return npyFile(
    version,
    header.replaceAll("'", quote),
    new Uint8Array(shape.reduce((product, side) => product * side, bytes)),
  );
});

/** Arrays of NumPy. */
export const npyTarget: FuzzTarget = {
  name: "npy",
  files: changedBytes(fc.oneof(written, foreign), {
    fields: () => [{ at: 6, bytes: 1 }, { at: 8, bytes: 2, littleEndian: true }, { at: 8, bytes: 4 }],
    words: [
      ...[
        "True",
        "False",
        "(0,",
        "(",
        ")",
        "-1",
        "99999999999999999999",
        "9".repeat(400),
        "0, ",
        "NaN",
        "inf",
      ],
      ...[
        "'shape': ",
        "'descr': ",
        "'<f8'",
        "'|u1'",
        "'>f4'",
        "'<f2'",
        "'|b1'",
        "'=i8'",
        '"shape": ',
        "[2, 3]",
        "2L",
        "\\",
        '"',
        "[",
        "]",
        "'toString'",
        "'O'",
        "\n",
        "\0",
        "{",
        "}",
        "'",
      ],
    ].map(utf8),
  }),
  errors: [DataError],
  read: (bytes) => {
    const { type, shape, data } = readNpy(bytes, "fuzz.npy");
    must(shape.every((side) => Number.isSafeInteger(side) && side >= 0), "sides are whole numbers");
    const elements = shape.reduce((product, side) => product * side, 1);
    must(elements === data.length, "the shape is that of the data");
    must(data.byteLength === elements * npyTypes[type].BYTES_PER_ELEMENT, "the type is that of the data");
    must(data.byteLength <= 2 * bytes.length, "no element is made up, halves but widened");
  },
};

const literal = fc.letrec<{ any: PythonLiteral }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.string({ maxLength: 6 }),
    fc.maxSafeInteger(),
    fc.constantFrom(null, true, false),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.array(fc.tuple(fc.string({ maxLength: 3 }), tie("any")), { maxLength: 3 }).map((entries) =>
      new Map(entries)
    ),
  ),
})).any;

/** A literal as Python's `repr` writes it. */
function repr(value: PythonLiteral): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(BigInt(value));
  if (typeof value === "string") return `'${value.replaceAll(/['\\]/g, "\\$&")}'`;
  if (value instanceof Map) {
    return `{${Array.from(value, ([key, own]) => `${repr(key)}: ${repr(own)}`).join(", ")}}`;
  }
  return `[${(value as readonly PythonLiteral[]).map(repr).join(", ")}]`;
}

/** How deep values are nested. */
function depthOf(value: PythonLiteral): number {
  if (value instanceof Map) return 1 + Math.max(0, ...Array.from(value).flat().map(depthOf));
  return Array.isArray(value) ? 1 + Math.max(0, ...value.map(depthOf)) : 0;
}

/** Literals of Python, which headers of arrays are. */
export const pythonLiteralTarget: FuzzTarget = {
  name: "python-literal",
  files: changedBytes(literal.map((value) => utf8(repr(value))), {
    words: [
      ...[
        "True",
        "None",
        "Infinity",
        "NaN",
        "1e9",
        "0x10",
        "-",
        "--1",
        "1_000",
        "9".repeat(400),
        "2L",
        "u'a'",
      ],
      ...[
        "(",
        ")",
        "(1,)",
        "(,)",
        "{",
        "}",
        "[",
        "]",
        "[".repeat(1000),
        ":",
        ",",
        ",,",
        "\\",
        "'",
        '"',
        "\n",
        "\0",
        " ",
      ],
    ].map(utf8),
  }),
  errors: [SyntaxError],
  read: (bytes) => {
    const found = readPythonLiteral(textOf(bytes));
    must(depthOf(found) <= 21, "values are nested a few times alone");
    const isFinite = !/\d{300}/.test(textOf(bytes));
    if (isFinite) {
      must(repr(readPythonLiteral(repr(found))) === repr(found), "what is written can be read again");
    }
  },
};
