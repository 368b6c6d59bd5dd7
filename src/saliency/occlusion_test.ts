import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-layers";
import { matMul, reshape, setBackend, type Tensor, tensor2d } from "@tensorflow/tfjs-core";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { cover, occlude, patchGrid } from "./occlusion.ts";
import { signStep } from "./sign_step.ts";

await setBackend("cpu");

Deno.test("cover() covers a patch, and cuts off what hangs over the border", () => {
  const x = new Float32Array(2 * 3 * 3).fill(1);
  const covered = cover(x, { height: 2, width: 3 }, { top: -1, left: 2, height: 2, width: 5 });
  assertEquals([...covered], [1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  assertEquals([...x], Array(18).fill(1));
});

Deno.test("patchGrid() centres patches on a grid, none between the halves of an even one", () => {
  const patches = patchGrid({ height: 4, width: 8 }, { rows: 2, columns: 4 }, 2);
  assertEquals(patches.map(({ top, left }) => [top, left]), [[0, 0], [0, 2], [0, 4], [0, 6], [2, 0], [2, 2], [
    2,
    4,
  ], [2, 6]]);
});

Deno.test("occlude() gives the log probabilities with each patch covered", () => {
  // Two classes: the sum of the left pixel and that of the right one.
  const w = tensor2d([[1, 0], [1, 0], [1, 0], [0, 1], [0, 1], [0, 1]]);
  const logits = (x: Tensor) => matMul(reshape(x, [-1, 6]), w) as Tensor;
  const x = Float32Array.of(1, 1, 1, 1, 1, 1);
  const [whole, left] = occlude(logits, x, { height: 1, width: 2 }, [
    { top: 0, left: 0, height: 0, width: 0 },
    { top: 0, left: 0, height: 1, width: 1 },
  ], [0, 1]);
  assertAlmostEquals(whole![0]!, Math.log(0.5), 1e-6);
  assertAlmostEquals(left![0]!, -3 - Math.log1p(Math.exp(-3)), 1e-6);
  assertAlmostEquals(left![1]!, -Math.log1p(Math.exp(-3)), 1e-6);
});

Deno.test("signStep() raises the loss of each input by what no other step of its size does", () => {
  const w = tensor2d([[1, -2, 0], [3, 0.5, -1]]);
  const x = tensor2d([[0.2, -0.1], [1, 2]]);
  const signs = signStep((x) => matMul(x, w), x, [1, 0]);
  // W (p - y) has the signs of the row's weights under p less those of the class.
  assertEquals([...signs.dataSync()], [1, 1, -1, -1]);
});

Deno.test("signStep() has signs where a classifier is so sure that float32 has no gradient of the cross-entropy", () => {
  const w = tensor2d([[200, 0], [0, 300]]);
  assertEquals([...signStep((x) => matMul(x, w), tensor2d([[5, 1]]), [0]).dataSync()], [-1, 1]);
});
