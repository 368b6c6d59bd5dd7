import fc from "fast-check";
import { DataError } from "../../../src/errors.ts";
import { npyTypes } from "../../../src/data/readers/npy/npy_array.ts";
import { readNpy } from "../../../src/data/readers/npy/read_npy.ts";
import { writeNpy } from "../../../src/data/readers/npy/write_npy.ts";
import { changedBytes } from "../changed_bytes.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { utf8 } from "../utf8.ts";

const shapes = fc.array(fc.nat(4), { maxLength: 3 });
const types = fc.constantFrom(...Object.values(npyTypes));

const valid = fc.tuple(shapes, types).map(([shape, type]) =>
  writeNpy(new type(shape.reduce((product, side) => product * side, 1)), shape)
);

/** Arrays of NumPy. */
export const npyTarget: FuzzTarget = {
  name: "npy",
  files: changedBytes(valid, {
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
