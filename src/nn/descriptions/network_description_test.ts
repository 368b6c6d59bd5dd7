import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { lenet5 } from "./lenet5.ts";
import {
  type ConvolutionDescription,
  countLayers,
  type LayerDescription,
  type MapShape,
  totalOf,
} from "./network_description.ts";

/** The counts of a single layer. */
function count(layer: LayerDescription, input: MapShape) {
  return countLayers({ name: "one layer", input, layers: [layer] })[0]!;
}

Deno.test("countLayers() gives the printed numbers of LeNet-5", () => {
  const counts = countLayers(lenet5);
  assertEquals(counts.map(({ parameters }) => parameters), [156, 12, 1516, 32, 48_120, 10_164, 0]);
  assertEquals(counts.map(({ connections }) => connections), [
    122_304,
    5880,
    151_600,
    2000,
    48_120,
    10_164,
    840,
  ]);
  assertEquals([totalOf(counts, "parameters"), totalOf(counts, "connections")], [60_000, 340_908]);
});

Deno.test("lenet5 has a C3 of 6 maps that see 3 others, 9 that see 4, and 1 that sees all; each map of S2 is seen 10 times", () => {
  const { sees } = lenet5.layers[2] as ConvolutionDescription;
  const numbers = sees!.map(({ length }) => length);
  assertEquals([3, 4, 6].map((n) => numbers.filter((length) => length === n).length), [6, 9, 1]);
  const times = [0, 1, 2, 3, 4, 5].map((map) => sees!.filter((row) => row.includes(map)).length);
  assertEquals(times, Array(6).fill(10));
  assertEquals(new Set(sees!.map(String)).size, 16);
});

Deno.test("countLayers() counts the connections of a convolution one by one", () => {
  const sides = fc.integer({ min: 1, max: 9 });
  const small = fc.integer({ min: 1, max: 4 });
  fc.assert(fc.property(sides, sides, small, small, fc.nat(3), (height, width, kernel, stride, pad) => {
    fc.pre(kernel <= height + 2 * pad && kernel <= width + 2 * pad);
    const layer = { kind: "convolution", name: "C", maps: 2, kernel, stride, pad } as const;
    const { shape: [rows, columns], connections } = count(layer, [height, width, 3]);
    let seen = 0;
    for (let y = -pad; y + kernel <= height + pad; y += stride) {
      for (let x = -pad; x + kernel <= width + pad; x += stride) {
        for (let v = y; v < y + kernel; v++) {
          for (let u = x; u < x + kernel; u++) if (v >= 0 && u >= 0 && v < height && u < width) seen++;
        }
      }
    }
    assertEquals(connections, 2 * (3 * seen + rows * columns));
  }));
});

Deno.test("countLayers() takes the parameters of groups from the maps that each sees", () => {
  const layer = { kind: "convolution", name: "conv2", maps: 256, kernel: 5, pad: 2 } as const;
  assertEquals(count({ ...layer, groups: 2 }, [27, 27, 96]).parameters, (25 * 48 + 1) * 256);
  assertEquals(count(layer, [27, 27, 96]).parameters, (25 * 96 + 1) * 256);
});

Deno.test("countLayers() refuses layers that do not fit", () => {
  const layer = { kind: "convolution", name: "C", maps: 4, kernel: 5 } as const;
  assertThrows(() => count(layer, [4, 9, 1]), RangeError, "must fit");
  assertThrows(() => count({ ...layer, groups: 3 }, [9, 9, 3]), RangeError, "groups must divide");
  assertThrows(() => count({ ...layer, sees: [[0]] }, [9, 9, 3]), RangeError, "a row for each map");
  assertThrows(
    () => count({ kind: "pooling", name: "P", window: 3, stride: 2 }, [2, 2, 1]),
    RangeError,
    "must fit",
  );
});
