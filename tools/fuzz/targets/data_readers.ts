import fc from "fast-check";
import { decodeDeepImage } from "../../../src/data/readers/images/decode_deep_image.ts";
import { decodeMask } from "../../../src/data/readers/images/decode_mask.ts";
import { readPgm } from "../../../src/data/readers/images/read_pgm.ts";
import { readClassNames } from "../../../src/data/readers/read_class_names.ts";
import { readUsps } from "../../../src/data/readers/read_usps.ts";
import { DataError } from "../../../src/errors.ts";
import { changedBytes } from "../changed_bytes.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";
import { utf8 } from "../utf8.ts";
import { pngFormat } from "./images.ts";
import { joinBytes } from "../../../src/files/join_bytes.ts";

const folder = new URL("../../../src/data/readers/images/testdata/", import.meta.url);

function filesOf(...names: readonly string[]): fc.Arbitrary<Uint8Array> {
  return fc.constantFrom(...names.map((name) => Deno.readFileSync(new URL(name, folder))));
}

/** Masks in PNG. */
export const maskTarget: FuzzTarget = {
  name: "mask",
  files: changedBytes(filesOf("mask.png", "gray_mask.png", "gray.png"), pngFormat),
  errors: [DataError],
  read: (bytes) => {
    const { height, width, data } = decodeMask(bytes, "fuzz.png");
    must(height >= 1 && width >= 1 && data.length === height * width, "the size is that of the data");
  },
};

/** Photographs of 16 bits in PNG. */
export const deepImageTarget: FuzzTarget = {
  name: "deep-png",
  files: changedBytes(filesOf("deep.png"), pngFormat),
  errors: [DataError],
  read: (bytes) => {
    const { height, width, data } = decodeDeepImage(bytes, "fuzz.png");
    must(height >= 1 && width >= 1 && data.length === 3 * height * width, "the size is that of the data");
    must(data.constructor === Uint16Array, "the samples have 16 bits");
  },
};

const pictures = fc.record({
  sides: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
  most: fc.constantFrom(1, 255, 256, 65_535),
  comment: fc.constantFrom("", "# made by a test\n"),
}).map(({ sides: [width, height], most, comment }) =>
  joinBytes(
    utf8(`P5\n${comment}${width} ${height}\n${most}\n`),
    new Uint8Array(width * height * (most < 256 ? 1 : 2)),
  )
);

/** Pictures in PGM. */
export const pgmTarget: FuzzTarget = {
  name: "pgm",
  files: changedBytes(pictures, {
    words: ["P5", "P2", "#", "\n", " ", "0", "65536", "99999999", "-1", "1e3"].map(utf8),
  }),
  errors: [DataError],
  read: (bytes) => {
    const { height, width, maxValue, data } = readPgm(bytes, "fuzz.pgm");
    must(height >= 1 && width >= 1 && data.length === height * width, "the size is that of the data");
    must(data.every((value) => value >= 0 && value <= maxValue), "no sample is above the largest value");
  },
};

const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 3 }).map((labels) =>
  utf8(labels.map((label) => `${label}.0000 ${"-1.0000 ".repeat(255)}0.5 \n`).join(""))
);

/** Digits of USPS. */
export const uspsTarget: FuzzTarget = {
  name: "usps",
  files: changedBytes(digits, {
    words: ["\n", " ", "-1.5 ", "1e-3 ", "0x1 ", "NaN ", "9 ", "12.0 "].map(utf8),
  }),
  errors: [DataError],
  read: (bytes) => {
    const { count, images, labels } = readUsps(bytes, "fuzz.zip");
    must(
      count >= 1 && images.length === 256 * count && labels.length === count,
      "the count is that of the data",
    );
    must(images.every((value) => Math.abs(value) <= 1), "values are in -1..1");
    must(labels.every((label) => label <= 9), "labels are digits");
  },
};

const classes = utf8(
  "# about\ntrain:\n  masks: x\nclasses:\n  0: unlabeled\n  13: stop sign\n  184: tree-merged\n",
);

/** Classes of masks. */
export const classNamesTarget: FuzzTarget = {
  name: "class-names",
  files: changedBytes(fc.constant(classes), {
    words: ["classes:\n", "\n", "  256: a\n", "  0: b\n", ": ", "  ", "\u001b[31m", "#"].map(utf8),
  }),
  errors: [DataError],
  read: (bytes) => {
    const names = readClassNames(bytes, "fuzz.yaml");
    must(
      names.size >= 1 && names.keys().every((number) => number >= 0 && number <= 255),
      "numbers are bytes",
    );
  },
};
