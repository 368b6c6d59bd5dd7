import { assertEquals, assertLess } from "@std/assert";
import { onCpu } from "./on_cpu.ts";
import { sweepSizes } from "./sweep_sizes.ts";

Deno.test("sweepSizes() finds the formulas right, and its controls wrong", async () => {
  const found = await onCpu(() => sweepSizes({ sides: [5, 7], kernels: 3, strides: 3, pads: 1 }));
  const { valid, same, strided, pooling, parameters, parametersWithoutBias, roundedWrong, cases } = found;
  assertEquals([valid, same, strided, pooling, parameters], [0, 0, 0, 0, 0]);
  // The bias of five maps.
  assertEquals(parametersWithoutBias, 5);
  assertLess(0.1, roundedWrong);
  // 9 sides and kernels, each with 3 strides of 2 paddings and a pooling, and "same" of odd kernels.
  assertEquals(cases, 9 * 3 * 3 + 6);
});
