import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "../../numeric/random/random_stream.ts";
import { explainedBySinks } from "./explained_by_sinks.ts";
import { normals } from "./test_helpers.ts";

const dimension = 6;
const length = 40;

Deno.test("explainedBySinks() is 1 where every output is a multiple of the tag", () => {
  const stream = randomStream("explained", 0);
  const values = normals(length * dimension, stream);
  const outputs = Float64Array.from(
    { length: length * dimension },
    (_, at) => (Math.floor(at / dimension) % 5) * values[3 * dimension + at % dimension]!,
  );
  assertAlmostEquals(explainedBySinks({ values, outputs, dimension }, [3]).share, 1, 1e-14);
});

Deno.test("explainedBySinks() does not change with a shift of all outputs or a rotation of the basis", () => {
  const stream = randomStream("explained", 1);
  const values = normals(length * dimension, stream);
  const outputs = normals(length * dimension, stream);
  const { share } = explainedBySinks({ values, outputs, dimension }, [1, 7]);
  const shifted = outputs.map((value, at) => value + 10 * (at % dimension));
  assertAlmostEquals(explainedBySinks({ values, outputs: shifted, dimension }, [1, 7]).share, share, 1e-13);
  const cosine = Math.cos(0.7);
  const sine = Math.sin(0.7);
  const rotate = (points: Float64Array) =>
    points.map((value, at) =>
      at % dimension === 0
        ? cosine * value - sine * points[at + 1]!
        : at % dimension === 1
        ? sine * points[at - 1]! + cosine * value
        : value
    );
  const rotated = { values: rotate(values), outputs: rotate(outputs), dimension };
  assertAlmostEquals(explainedBySinks(rotated, [1, 7]).share, share, 1e-13);
});

Deno.test("explainedBySinks() of random sinks explains rank / dimension on average", () => {
  const stream = randomStream("explained", 2);
  const outputs = normals(length * dimension, stream);
  let mean = 0;
  for (let round = 0; round < 400; round++) {
    const values = normals(length * dimension, stream);
    const { share, random, rank } = explainedBySinks({ values, outputs, dimension }, [0, 1]);
    assertEquals([random, rank], [2 / 6, 2]);
    mean += share / 400;
  }
  // The outputs are nearly isotropic: the standard deviation of a share is below 0.06.
  assertAlmostEquals(mean, 2 / 6, 0.01);
});

Deno.test("explainedBySinks() counts a tag that another one spans once, and a tag of 0 not at all", () => {
  const values = Float64Array.of(1, 2, 2, 4, 0, 0, 1, 0);
  const outputs = Float64Array.of(1, 0, 0, 1, 1, 1, 0, 0);
  const head = { values, outputs, dimension: 2 };
  assertEquals(explainedBySinks(head, [0, 1]).rank, 1);
  assertEquals(explainedBySinks(head, [2]), { share: 0, random: 0, rank: 0 });
  assertAlmostEquals(explainedBySinks(head, [0, 3]).share, 1, 1e-14);
});

Deno.test("explainedBySinks() refuses values that do not fit, and is NaN where nothing varies", () => {
  const values = new Float64Array(8);
  assertThrows(
    () => explainedBySinks({ values, outputs: new Float64Array(6), dimension: 2 }, [0]),
    RangeError,
    "3 outputs have 4",
  );
  assertThrows(() => explainedBySinks({ values, outputs: values, dimension: 2 }, [4]), RangeError, "0..3");
  assertEquals(explainedBySinks({ values, outputs: values, dimension: 2 }, [0]).share, NaN);
});
