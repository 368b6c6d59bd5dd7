import fc from "fast-check";
import { readIdx } from "../../../src/data/readers/read_idx.ts";
import { DataError } from "../../../src/errors.ts";
import { changedBytes, type Field } from "../changed_bytes.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";

const sides = fc.oneof(
  fc.tuple(fc.nat(12)),
  fc.tuple(fc.nat(4), fc.nat(5), fc.nat(6)),
);

const valid = sides.map((shape) => {
  const start = 4 + 4 * shape.length;
  const file = new Uint8Array(start + shape.reduce((product, side) => product * side, 1));
  file.set([0, 0, 8, shape.length]);
  const view = new DataView(file.buffer);
  shape.forEach((side, i) => view.setUint32(4 + 4 * i, side));
  return file;
});

/** Labels and images of MNIST. */
export const idxTarget: FuzzTarget = {
  name: "idx",
  files: changedBytes(valid, {
    fields: () => [0, 4, 8, 12].map((at): Field => ({ at, bytes: 4 })),
    words: [Uint8Array.of(0, 0, 8, 1), Uint8Array.of(0, 0, 8, 3), Uint8Array.of(0, 0, 0, 0)],
  }),
  errors: [DataError],
  read: (bytes) => {
    const { shape, data } = readIdx(bytes, bytes[3] === 1 ? 1 : 3, "fuzz.idx");
    must(shape.every((side) => Number.isInteger(side) && side >= 0), "sides are whole numbers");
    must(shape.reduce((product, side) => product * side, 1) === data.length, "the shape is that of the data");
    must(data.length === 0 || shape.every((side) => side <= data.length), "no side is longer than the data");
  },
};
