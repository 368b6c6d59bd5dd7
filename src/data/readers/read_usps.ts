import { DataError } from "../../errors.ts";
import { oneLine } from "../../one_line.ts";
import { checkLabels } from "./check_labels.ts";

/** Digits of USPS. */
export interface UspsDigits {
  /** How many. */
  readonly count: number;
  /** Rows. */
  readonly height: 16;
  /** Columns. */
  readonly width: 16;
  /** `(count, 16, 16)`, row-major: -1 is the paper, 1 the ink. */
  readonly images: Float32Array;
  /** `(count)`, values in 0..9. */
  readonly labels: Uint8Array;
}

const side = 16;
const pixels = side * side;

/** As the files have numbers: nothing else that JavaScript takes for one. */
const decimal = /^-?\d+(\.\d+)?$/;

/**
 * Reads a file of USPS digits (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning): a line for each digit, its
 * class and 256 grey values.
 *
 * @param bytes The whole file, unpacked.
 * @param name The file's name for the error message.
 * @throws {DataError} Where a line has another number of values, a value is no decimal number in [-1, 1], or a label is no digit.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const line = ["7.0000", "1.0000", ...new Array(255).fill("-1.0000")].join(" ");
 * const { count, labels, images } = readUsps(new TextEncoder().encode(`${line} \n`), "tiny");
 * assertEquals([count, labels[0], images[0], images[255]], [1, 7, 1, -1]);
 * ```
 */
export function readUsps(bytes: Uint8Array, name: string): UspsDigits {
  const lines = new TextDecoder("latin1").decode(bytes).split("\n");
  if (lines.at(-1) === "") lines.pop();
  const count = lines.length;
  if (count === 0) {
    throw new DataError(`Cannot read ${name}: it must have a line for each digit: it has none`);
  }
  const rows = lines.map((line, i) => splitLine(line, i, name));
  const images = new Float32Array(count * pixels);
  const labels = new Uint8Array(count);
  rows.forEach(([label, ...values], i) => {
    if (!Number.isInteger(label) || label! < 0 || label! > 255) {
      throw new DataError(`Cannot read ${name}: label ${i} must be in 0..9: current value is ${label}`);
    }
    const outside = values.find((value) => !(Math.abs(value) <= 1));
    if (outside !== undefined) {
      throw new DataError(
        `Cannot read ${name}: the values of line ${i + 1} must be in -1..1: one is ${outside}`,
      );
    }
    labels[i] = label!;
    images.set(values, i * pixels);
  });
  checkLabels(labels, name);
  return { count, height: side, width: side, images, labels };
}

function splitLine(line: string, i: number, name: string): number[] {
  const parts = line.trim().split(/ +/);
  if (parts.length !== 1 + pixels) {
    throw new DataError(
      `Cannot read ${name}: a line must have a class and ${pixels} values: line ${i + 1} has ${parts.length}`,
    );
  }
  const foreign = parts.find((part) => !decimal.test(part));
  if (foreign !== undefined) {
    throw new DataError(
      `Cannot read ${name}: line ${i + 1} must have decimal numbers: one is ${
        oneLine(JSON.stringify(foreign))
      }`,
    );
  }
  return parts.map(Number);
}
