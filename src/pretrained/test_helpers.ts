/**
 * Writers of the files that this folder reads, for tests and fuzzing.
 *
 * @module
 */
import type { ReadContext } from "../data/sources/source.ts";
import { randomStream } from "../numeric/random/random_stream.ts";
import type { DecodedConvolution } from "./weights/deep_compression.ts";
import type { NamedWeights, Weight } from "./weights/named_weights.ts";
import { joinBytes } from "../files/join_bytes.ts";

/** The longest gap between the places of two codes. */
const longestGap = 15;

/** A folder of a data set whose files are in memory, by name. */
export function inMemory(files: Readonly<Record<string, Uint8Array>>): Pick<ReadContext, "read"> {
  return {
    read({ name }) {
      const bytes = files[name];
      if (bytes === undefined) throw new RangeError(`Cannot read ${name}: the test gives no such file`);
      return Promise.resolve(bytes);
    },
  };
}

/**
 * The file of a pruned network with shared values, as `readDeepCompression` reads it: code 0 is 0.
 *
 * @param layers At most 255 different values other than 0 in the filters of each.
 */
export function writeDeepCompression(layers: readonly DecodedConvolution[]): Uint8Array<ArrayBuffer> {
  const coded = layers.map(({ filters, bias }) => {
    const book = [0, ...new Set(filters.filter((value) => value !== 0))];
    const codes: number[] = [];
    const gaps: number[] = [];
    let last = -1;
    filters.forEach((value, place) => {
      const gap = place - last - 1;
      // A code that only bridges a longer gap has the value 0.
      if (value === 0 && gap < longestGap) return;
      codes.push(book.indexOf(value));
      gaps.push(gap);
      last = place;
    });
    const codebook = Float32Array.from({ length: 256 }, (_, i) => book[i] ?? 0);
    const pairs = Uint8Array.from(
      { length: Math.ceil(gaps.length / 2) },
      (_, i) => gaps[2 * i]! | (gaps[2 * i + 1] ?? 0) << 4,
    );
    return { count: codes.length, parts: [bytesOf(codebook), bytesOf(bias), Uint8Array.from(codes), pairs] };
  });
  return joinBytes(
    bytesOf(Uint32Array.from(coded, ({ count }) => count)),
    ...coded.flatMap(({ parts }) => parts),
  );
}

/** The files of a layers model of tfjs, each weight a group of one shard; `topology` is `null` where it is left out. */
export function writeTfjsModel(
  path: string,
  weights: NamedWeights,
  topology: object | null = null,
): Record<string, Uint8Array> {
  const entries = [...weights];
  const weightsManifest = entries.map(([name, { shape }], i) => ({
    paths: [`group${i + 1}-shard1of1`],
    weights: [{ name, shape, dtype: "float32" }],
  }));
  return {
    [`${path}/model.json`]: utf8(JSON.stringify({ modelTopology: topology, weightsManifest })),
    ...Object.fromEntries(
      entries.map(([, { values }], i) => [`${path}/group${i + 1}-shard1of1`, bytesOf(values)]),
    ),
  };
}

/** A file of one array of MXNet. */
export function writeMxnetArray({ shape, values }: Weight): Uint8Array<ArrayBuffer> {
  return joinBytes(
    bytesOf(BigUint64Array.of(0x112n, 0n, 1n)),
    bytesOf(Uint32Array.of(0xf993fac9, 0, shape.length)),
    bytesOf(BigInt64Array.from(shape, BigInt)),
    bytesOf(Int32Array.of(1, 0, 0)),
    bytesOf(values),
    new Uint8Array(8),
  );
}

/** A field of a message of protocol buffers: a number, or a text, message or packed values. */
export function field(number: number, value: number | bigint | string | Uint8Array): Uint8Array {
  if (typeof value === "number" || typeof value === "bigint") {
    return joinBytes(varint(BigInt(number) << 3n), varint(BigInt(value)));
  }
  const bytes = typeof value === "string" ? utf8(value) : value;
  return joinBytes(varint(BigInt(number) << 3n | 2n), varint(BigInt(bytes.length)), bytes);
}

/** A number of at most 64 bits, seven in a byte; a negative one takes ten. */
export function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  do {
    bytes.push(Number(rest & 127n) | (rest > 127n ? 128 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}

/** An array of an ONNX model, its elements in `raw_data`. */
export function onnxTensor(
  name: string,
  shape: readonly number[],
  type: number,
  data: ArrayBufferView,
): Uint8Array {
  return joinBytes(
    ...shape.map((side) => field(1, side)),
    field(2, type),
    field(8, name),
    field(9, bytesOf(data)),
  );
}

/** A node of an ONNX model. */
export function onnxNode(
  name: string,
  operation: string,
  inputs: readonly string[],
  ...attributes: readonly Uint8Array[]
): Uint8Array {
  return joinBytes(
    ...inputs.map((input) => field(1, input)),
    field(3, name),
    field(4, operation),
    ...attributes.map((attribute) => field(5, attribute)),
  );
}

/** An ONNX model. */
export function onnxModel(
  tensors: readonly Uint8Array[],
  nodes: readonly Uint8Array[] = [],
): Uint8Array<ArrayBuffer> {
  return joinBytes(
    field(1, 8),
    field(2, "a test"),
    field(7, onnxGraph(tensors, nodes)),
    field(8, field(2, 11)),
  );
}

/** A graph of an ONNX model. */
export function onnxGraph(tensors: readonly Uint8Array[], nodes: readonly Uint8Array[]): Uint8Array {
  return joinBytes(...nodes.map((node) => field(1, node)), ...tensors.map((tensor) => field(5, tensor)));
}

/** The bytes of a text. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength).slice();
}

/** Values around 0 that follow from a seed, with as many zeros as `zeros` says of 1. */
export function someValues(count: number, seed: number, zeros = 0): Float32Array {
  const random = randomStream("src/pretrained tests", seed);
  return Float32Array.from({ length: count }, () => {
    const value = Math.round(200 * (random.uniform() - 0.5)) / 100;
    return random.uniform() < zeros ? 0 : value;
  });
}
