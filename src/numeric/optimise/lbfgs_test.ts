import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { randomStream } from "../random/random_stream.ts";
import { minimise, minimising, type Objective } from "./lbfgs.ts";

/** Rosenbrock's valley in pairs of coordinates; its minimum is 0 at (1, ..., 1). */
const rosenbrock: Objective = (x, gradient) => {
  let value = 0;
  for (let i = 0; i < x.length; i += 2) {
    const a = 1 - x[i]!;
    const b = x[i + 1]! - x[i]! ** 2;
    value += a * a + 100 * b * b;
    gradient[i] = -2 * a - 400 * x[i]! * b;
    gradient[i + 1] = 200 * b;
  }
  return value;
};

/** Half of x^T A x less b^T x, of eigenvalues between 1 and 100. */
function quadratic(n: number, seed: number): { objective: Objective; residual: (x: Float64Array) => number } {
  const stream = randomStream("quadratic", seed);
  const matrix = Array.from({ length: n }, () => Float64Array.from({ length: n }, () => stream.normal()));
  const b = Float64Array.from({ length: n }, () => stream.normal());
  // A = I + M M^T 100 / n^2.
  const multiply = (x: Float64Array) => {
    const inner = matrix.map((_, j) => matrix.reduce((sum, row, i) => sum + row[j]! * x[i]!, 0));
    return x.map((value, i) =>
      value + 100 / n ** 2 * matrix[i]!.reduce((sum, m, j) => sum + m * inner[j]!, 0)
    );
  };
  return {
    objective: (x, gradient) => {
      const ax = multiply(x);
      ax.forEach((value, i) => gradient[i] = value - b[i]!);
      return ax.reduce((sum, value, i) => sum + x[i]! * (value / 2 - b[i]!), 0);
    },
    residual: (x) => Math.hypot(...multiply(x).map((value, i) => value - b[i]!)),
  };
}

Deno.test("minimise() finds the bottom of Rosenbrock's valley", () => {
  const start = Float64Array.of(-1.2, 1, -1.2, 1, 3, -2);
  const { x, value, ended } = minimise(rosenbrock, start, { iterations: 200, tolerance: 1e-13 });
  for (const coordinate of x) assertAlmostEquals(coordinate, 1, 1e-8);
  assertLess(value, 1e-16);
  assertEquals(ended, "gradient");
  assertEquals(start[0], -1.2);
});

Deno.test("minimise() ends a quadratic in as many steps as it has coordinates, where each step goes to the bottom of its line", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(1000), (n, seed) => {
      const { objective, residual } = quadratic(n, seed);
      const { x } = minimise(objective, new Float64Array(n), { iterations: n, memory: n, slope: 1e-10 });
      const before = residual(new Float64Array(n));
      assertLess(residual(x), 1e-6 * before);
    }),
    { numRuns: 50 },
  );
});

Deno.test("minimise() never takes a step that raises the value", () => {
  const values: number[] = [];
  const { value, evaluations } = minimise(
    (x, gradient) => {
      const found = rosenbrock(x, gradient);
      values.push(found);
      return found;
    },
    Float64Array.of(-1.2, 1),
    { iterations: 15 },
  );
  assertEquals(values.length, evaluations);
  assertLess(value, values[0]!);
  assertEquals(value, Math.min(...values));
});

Deno.test("minimise() commutes with rotations from the origin", () => {
  const angle = 0.7;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const rotated: Objective = (y, gradient) => {
    const inner = new Float64Array(2);
    const value = rosenbrock(Float64Array.of(c * y[0]! + s * y[1]!, -s * y[0]! + c * y[1]!), inner);
    gradient[0] = c * inner[0]! - s * inner[1]!;
    gradient[1] = s * inner[0]! + c * inner[1]!;
    return value;
  };
  const options = { iterations: 10 };
  const { x } = minimise(rosenbrock, new Float64Array(2), options);
  const { x: y } = minimise(rotated, new Float64Array(2), options);
  assertAlmostEquals(c * y[0]! + s * y[1]!, x[0]!, 1e-9);
  assertAlmostEquals(-s * y[0]! + c * y[1]!, x[1]!, 1e-9);
});

Deno.test("minimise() comes back from steps where the function is not finite", () => {
  // x - log x, infinite for x <= 0; the first step from 0.01 would lead far beyond 1.
  const barrier: Objective = ([x], gradient) => {
    gradient[0] = 1 - 1 / x!;
    return x! > 0 ? x! - Math.log(x!) : Infinity;
  };
  const { x } = minimise(barrier, Float64Array.of(3), { iterations: 50 });
  assertAlmostEquals(x[0]!, 1, 1e-8);
});

Deno.test("minimise() ends where no step lowers the value, as at the floor of its round-off", () => {
  // A gradient that points the wrong way: the value rises along every step.
  const uphill: Objective = ([x], gradient) => {
    gradient[0] = -1;
    return x!;
  };
  const { x, iterations, ended } = minimise(uphill, Float64Array.of(5), { iterations: 10 });
  assertEquals([x[0], iterations, ended], [5, 0, "round-off"]);
});

Deno.test("minimise() needs a start where the function is finite", () => {
  assertThrows(
    () => minimise(() => NaN, Float64Array.of(1), { iterations: 1 }),
    RangeError,
    "must be finite at the start",
  );
});

Deno.test("minimising() gives each step, and ends where minimise() does", () => {
  const valley = ([x, y]: Float64Array, gradient: Float64Array) => {
    gradient[0] = -2 * (1 - x!) - 400 * x! * (y! - x! * x!);
    gradient[1] = 200 * (y! - x! * x!);
    return (1 - x!) ** 2 + 100 * (y! - x! * x!) ** 2;
  };
  const start = Float64Array.of(-1.2, 1);
  const steps = minimising(valley, start, { iterations: 5 });
  const values: number[] = [];
  let end = steps.next();
  for (; !end.done; end = steps.next()) values.push(end.value.value);
  assertEquals(end.value, minimise(valley, start, { iterations: 5 }));
  assertEquals([values.length, values.at(-1)], [5, end.value.value]);
});
