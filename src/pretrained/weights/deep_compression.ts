import { DataError } from "../../errors.ts";

/** The shape of the filters of a convolution: `(out, in, height, width)`. */
export type FilterShape = readonly [number, number, number, number];

/** A convolution as it was decoded. */
export interface DecodedConvolution {
  /** `(out, in, height, width)`, row-major. */
  readonly filters: Float32Array;
  /** `(out)`. */
  readonly bias: Float32Array;
}

/** Values of a codebook: a code is one byte. */
const codes = 256;

/**
 * Reads a network that was pruned and whose weights share 256 values (Han, Mao and Dally, Deep Compression, arXiv:1510.00149), in the
 * form of the SqueezeNet that its authors publish. First for each layer, as a little-endian 32-bit number, how many codes it
 * has; then for each layer its codebook of 256 float32 values, its bias in float32, the codes in a byte each, and the gaps between
 * their places in 4 bits each, the lower half of a byte first. A place is one gap and one more beyond the place before it,
 * the first of all counted from -1; a weight without a code has the value of code 0.
 *
 * @param bytes The whole file.
 * @param shapes The filters of its layers, in their order.
 * @param name The file's name for the error message.
 * @throws {DataError} Where the file is shorter or longer than its layers, a place lies beyond the filters, or a value is not finite.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { writeDeepCompression } from "../test_helpers.ts";
 *
 * const layer = { filters: Float32Array.of(0, 0.5, 0, -2), bias: Float32Array.of(1) };
 * const [read] = readDeepCompression(writeDeepCompression([layer]), [[1, 1, 2, 2]], "tiny.net");
 * assertEquals(read, layer);
 * ```
 */
export function readDeepCompression(
  bytes: Uint8Array,
  shapes: readonly FilterShape[],
  name: string,
): DecodedConvolution[] {
  const fail = (reason: string): never => {
    throw new DataError(`Cannot read ${name}: ${reason}`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = 4 * shapes.length;
  if (bytes.length < header) fail(`its header must have ${header} bytes: current size is ${bytes.length}`);
  const counts = shapes.map((_, i) => view.getUint32(4 * i, true));
  const size = shapes.reduce(
    (sum, [outs], i) => sum + 4 * codes + 4 * outs + counts[i]! + Math.ceil(counts[i]! / 2),
    header,
  );
  if (bytes.length !== size) {
    fail(
      `${shapes.length} layers of its numbers of codes must have ${size} bytes: current size is ${bytes.length}`,
    );
  }
  let at = header;
  const floats = (count: number, what: string): Float32Array => {
    const values = Float32Array.from({ length: count }, (_, i) => view.getFloat32(at + 4 * i, true));
    at += 4 * count;
    if (!values.every(Number.isFinite)) {
      fail(`the ${what} must be finite: it has ${values.find((v) => !isFinite(v))}`);
    }
    return values;
  };
  return shapes.map((shape, layer) => {
    const [outs, ins, height, width] = shape;
    const codebook = floats(codes, `codebook of layer ${layer + 1}`);
    const bias = floats(outs, `bias of layer ${layer + 1}`);
    const filters = new Float32Array(outs * ins * height * width).fill(codebook[0]!);
    const count = counts[layer]!;
    let place = -1;
    for (let i = 0; i < count; i++) {
      const pair = bytes[at + count + (i >> 1)]!;
      place += (i % 2 === 0 ? pair & 15 : pair >> 4) + 1;
      if (place >= filters.length) {
        fail(
          `a code of layer ${
            layer + 1
          } must lie within its ${filters.length} weights: code ${i} lies at ${place}`,
        );
      }
      filters[place] = codebook[bytes[at + i]!]!;
    }
    at += count + Math.ceil(count / 2);
    return { filters, bias };
  });
}
