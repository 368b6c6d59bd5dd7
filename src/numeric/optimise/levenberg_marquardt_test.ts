import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { randomStream } from "../random/random_stream.ts";
import { fitLeastSquares, type Residuals } from "./levenberg_marquardt.ts";

/** Rosenbrock's valley as residuals 10 (y - x^2) and 1 - x. */
const rosenbrock: Residuals = ([x, y], residuals, jacobian) => {
  residuals.set([10 * (y! - x! * x!), 1 - x!]);
  jacobian?.set([-20 * x!, 10, -1, 0]);
};

Deno.test("fitLeastSquares() finds the bottom of Rosenbrock's valley", () => {
  const start = Float64Array.of(-1.2, 1);
  const { x, squares } = fitLeastSquares(rosenbrock, start, { residuals: 2, iterations: 200 });
  assertAlmostEquals(x[0]!, 1, 1e-8);
  assertAlmostEquals(x[1]!, 1, 1e-8);
  assertLess(squares, 1e-16);
  assertEquals([...start], [-1.2, 1]);
});

/** Random rows A and right sides b: residuals A x - b. */
function linear(rows: number, columns: number, seed: number): { model: Residuals; a: Float64Array } {
  const stream = randomStream("linear", seed);
  const a = Float64Array.from({ length: rows * columns }, () => stream.normal());
  const b = Float64Array.from({ length: rows }, () => stream.normal());
  const model: Residuals = (x, residuals, jacobian) => {
    for (let i = 0; i < rows; i++) {
      residuals[i] = x.reduce((sum, value, j) => sum + a[i * columns + j]! * value, -b[i]!);
    }
    jacobian?.set(a);
  };
  return { model, a };
}

Deno.test("fitLeastSquares() of a linear model leaves residuals at right angles to every column", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.nat(1000), (columns, seed) => {
      const rows = columns + 4;
      const { model, a } = linear(rows, columns, seed);
      const { x } = fitLeastSquares(model, new Float64Array(columns), {
        residuals: rows,
        iterations: 200,
        tolerance: 1e-16,
      });
      const residuals = new Float64Array(rows);
      model(x, residuals);
      for (let j = 0; j < columns; j++) {
        const product = residuals.reduce((sum, value, i) => sum + value * a[i * columns + j]!, 0);
        assertAlmostEquals(product, 0, 1e-5);
      }
    }),
    { numRuns: 50 },
  );
});

Deno.test("fitLeastSquares() within a box ends at the point of the box where the free gradient is 0", () => {
  // The bottom of the valley is out of reach: with x <= 0.5 it is at (0.5, 0.25).
  const { x, squares } = fitLeastSquares(rosenbrock, Float64Array.of(-1.2, 1), {
    residuals: 2,
    iterations: 300,
    lower: [-2, -2],
    upper: [0.5, 2],
  });
  assertAlmostEquals(x[0]!, 0.5, 1e-9);
  assertAlmostEquals(x[1]!, 0.25, 1e-5);
  assertAlmostEquals(squares, 0.25, 1e-6);
});

Deno.test("fitLeastSquares() puts a start outside the box into it", () => {
  const seen: number[] = [];
  fitLeastSquares(
    (x, residuals, jacobian) => {
      seen.push(x[0]!);
      residuals[0] = x[0]! - 9;
      jacobian?.set([1]);
    },
    Float64Array.of(-7),
    { residuals: 1, iterations: 20, lower: [1], upper: [4] },
  );
  assertEquals([seen[0], Math.max(...seen), Math.min(...seen)], [1, 4, 1]);
});

Deno.test("fitLeastSquares() never takes a step that raises the squares, and tells how many it tried", () => {
  const taken: number[] = [];
  let calls = 0;
  const { squares, iterations } = fitLeastSquares(
    (x, residuals, jacobian) => {
      rosenbrock(x, residuals, jacobian);
      const sum = residuals[0]! ** 2 + residuals[1]! ** 2;
      if (jacobian === undefined) calls++;
      else taken.push(sum);
    },
    Float64Array.of(-1.2, 1),
    { residuals: 2, iterations: 12 },
  );
  taken.slice(1).forEach((value, i) => assertLess(value, taken[i]!));
  assertEquals([squares, calls], [taken.at(-1), iterations]);
});

Deno.test("fitLeastSquares() leaves a parameter that nothing depends on where it was", () => {
  const { x } = fitLeastSquares(
    ([a], residuals, jacobian) => {
      residuals[0] = a! - 2;
      jacobian?.set([1, 0]);
    },
    Float64Array.of(0, 5),
    { residuals: 1, iterations: 50 },
  );
  assertAlmostEquals(x[0]!, 2, 1e-6);
  assertEquals(x[1], 5);
});

Deno.test("fitLeastSquares() needs a start where residuals are finite", () => {
  assertThrows(
    () =>
      fitLeastSquares((_, residuals) => void residuals.fill(NaN), Float64Array.of(1), {
        residuals: 1,
        iterations: 1,
      }),
    RangeError,
    "finite at the start",
  );
});
