// From images side by side in memory to one padded map with an image in each lane.

import { VECTOR_BYTES } from "../kernel_constants";
import { OUTSIDE, Plan, word } from "./layout";
import { lanes, mul, real, realBytes, storeReal, upperReal } from "./vector";

/**
 * Writes scale, inverse scale and largest modulus (NaN where a pixel is) of each image. The scale is the power of two that
 * brings the largest modulus to [1, 2), so that no square overflows or vanishes; multiplying by it is exact.
 */
export function measureScale<T, W>(images: usize, pixels: usize, scale: usize): void {
  for (let lane: usize = 0; lane < lanes<T, W>(); lane++, images += pixels * sizeof<T>(), scale += sizeof<T>()) {
    let peak: T = 0;
    for (let i: usize = 0; i < pixels; i++) peak = max<T>(peak, abs<T>(load<T>(images + i * sizeof<T>())));
    if (sizeof<T>() == 4) {
      const exponent = clampExponent(reinterpret<u32>(<f32>peak) >> 23, 253);
      store<u32>(scale, (254 - exponent) << 23);
      store<u32>(scale, exponent << 23, VECTOR_BYTES * sizeof<W>());
    } else {
      const exponent = clampExponent(<u32>(reinterpret<u64>(<f64>peak) >> 52), 2045);
      store<u64>(scale, (<u64>(2046 - exponent)) << 52);
      store<u64>(scale, (<u64>exponent) << 52, VECTOR_BYTES * sizeof<W>());
    }
    store<T>(scale, peak, 2 * VECTOR_BYTES * sizeof<W>());
  }
}

/** Zero and subnormal numbers count as the smallest normal ones. */
@inline
function clampExponent(exponent: u32, largest: u32): u32 {
  return min(max(exponent, 1), largest);
}

/** Writes the padded rows, scaled, `step` bytes each; a last odd column gets a zero beside it. */
export function pad<T, W>(plan: Plan, images: usize, scale: usize, dst: usize, step: usize): void {
  const rows = plan.grid.rows, columns = plan.grid.columns;
  const imageStep = plan.height * plan.width * sizeof<T>();
  const zero = v128.splat<T>(0), scale1 = real<W>(scale), scale2 = upperReal<W>(scale);
  for (let r: usize = 0; r < rows; r++, dst += step) {
    const row = word(plan.sourceRows, r);
    let y = dst;
    for (let c: usize = 0; c < columns; c++, y += realBytes<W>()) {
      const column = word(plan.sourceColumns, c);
      let first = zero, second = zero;
      if (row != OUTSIDE && column != OUTSIDE) {
        const x = images + (row * plan.width + column) * sizeof<T>();
        first = gather<T>(x, imageStep);
        if (sizeof<W>() == 2) second = gather<T>(x + lanes<T>() * imageStep, imageStep);
      }
      storeReal<W>(y, mul<T>(first, scale1), mul<T>(second, scale2));
    }
    if (columns & 1) storeReal<W>(y, zero, zero);
  }
}

/** The numbers at one place of as many images as a vector has lanes. */
@inline
export function gather<T>(x: usize, imageStep: usize): v128 {
  let value = v128.load_zero<T>(x);
  value = v128.load_lane<T>(x + imageStep, value, 1);
  if (sizeof<T>() == 4) {
    value = v128.load_lane<T>(x + 2 * imageStep, value, 2);
    value = v128.load_lane<T>(x + 3 * imageStep, value, 3);
  }
  return value;
}
