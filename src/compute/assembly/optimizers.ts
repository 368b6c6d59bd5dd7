// Updates of the parameters, every tensor in one job, in place.

import { loadPart, storePair, storePart } from "./parts";

/** One block of one tensor: what an item updates. The caller writes the list of all blocks. */
@unmanaged
class Block {
  value: usize;
  gradient: usize;
  /** Velocity, or first moment. */
  first: usize;
  /** Second moment. */
  second: usize;
  count: i32;
  rate: f32;
  /** Weight decay, added to the gradient as decay * value. */
  decay: f32;
}

const BLOCK_BYTES: usize = offsetof<Block>();

/** Arguments. */
@unmanaged
class Update {
  blocks: usize;
  /** Momentum, or decay of the first moment. */
  beta1: f32;
  /** Decay of the second moment. */
  beta2: f32;
  epsilon: f32;
  /** 1 - beta1^t and 1 - beta2^t of step t. */
  correction1: f32;
  correction2: f32;
  /** What the gradients are multiplied by (clipping). */
  scale: f32;
}

/** velocity = momentum * velocity + gradient; value -= rate * velocity. */
export function momentum(item: i32, thread: i32, args: usize): void {
  const u = changetype<Update>(args);
  const b = changetype<Block>(u.blocks + (<usize>item) * BLOCK_BYTES);
  const beta = f32x4.splat(u.beta1), rate = f32x4.splat(b.rate);
  const scale = f32x4.splat(u.scale), decay = f32x4.splat(b.decay);
  let value = b.value, gradient = b.gradient, first = b.first, left = b.count;
  for (; left >= 8; left -= 8, value += 32, gradient += 32, first += 32) {
    const value0 = v128.load(value), value1 = v128.load(value, 16);
    const gradient0 = decayed(scale, v128.load(gradient), decay, value0);
    const gradient1 = decayed(scale, v128.load(gradient, 16), decay, value1);
    const velocity0 = f32x4.add(f32x4.mul(beta, v128.load(first)), gradient0);
    const velocity1 = f32x4.add(f32x4.mul(beta, v128.load(first, 16)), gradient1);
    storePair(first, velocity0, velocity1);
    storePair(value, f32x4.sub(value0, f32x4.mul(rate, velocity0)), f32x4.sub(value1, f32x4.mul(rate, velocity1)));
  }
  for (; left > 0; left -= 4, value += 16, gradient += 16, first += 16) {
    const value0 = loadPart(value, left);
    const gradient0 = decayed(scale, loadPart(gradient, left), decay, value0);
    const velocity = f32x4.add(f32x4.mul(beta, loadPart(first, left)), gradient0);
    storePart(first, left, velocity);
    storePart(value, left, f32x4.sub(value0, f32x4.mul(rate, velocity)));
  }
}

/** Adam (Kingma and Ba 2015, algorithm 1). */
export function adam(item: i32, thread: i32, args: usize): void {
  const u = changetype<Update>(args);
  const b = changetype<Block>(u.blocks + (<usize>item) * BLOCK_BYTES);
  const one: f32 = 1;
  const beta1 = f32x4.splat(u.beta1), rest1 = f32x4.splat(one - u.beta1);
  const beta2 = f32x4.splat(u.beta2), rest2 = f32x4.splat(one - u.beta2);
  const correction2 = f32x4.splat(u.correction2), epsilon = f32x4.splat(u.epsilon);
  const rate = f32x4.splat(b.rate / u.correction1);
  const scale = f32x4.splat(u.scale), decay = f32x4.splat(b.decay);
  let value = b.value, gradient = b.gradient, first = b.first, second = b.second, left = b.count;
  for (; left >= 8; left -= 8, value += 32, gradient += 32, first += 32, second += 32) {
    const value0 = v128.load(value), value1 = v128.load(value, 16);
    const gradient0 = decayed(scale, v128.load(gradient), decay, value0);
    const gradient1 = decayed(scale, v128.load(gradient, 16), decay, value1);
    const mean0 = mixed(beta1, v128.load(first), rest1, gradient0);
    const mean1 = mixed(beta1, v128.load(first, 16), rest1, gradient1);
    const square0 = mixed(beta2, v128.load(second), rest2, f32x4.mul(gradient0, gradient0));
    const square1 = mixed(beta2, v128.load(second, 16), rest2, f32x4.mul(gradient1, gradient1));
    storePair(first, mean0, mean1);
    storePair(second, square0, square1);
    storePair(value, f32x4.sub(value0, adamStep(rate, mean0, square0, correction2, epsilon)), f32x4.sub(value1, adamStep(rate, mean1, square1, correction2, epsilon)));
  }
  for (; left > 0; left -= 4, value += 16, gradient += 16, first += 16, second += 16) {
    const value0 = loadPart(value, left);
    const gradient0 = decayed(scale, loadPart(gradient, left), decay, value0);
    const mean = mixed(beta1, loadPart(first, left), rest1, gradient0);
    const square = mixed(beta2, loadPart(second, left), rest2, f32x4.mul(gradient0, gradient0));
    storePart(first, left, mean);
    storePart(second, left, square);
    storePart(value, left, f32x4.sub(value0, adamStep(rate, mean, square, correction2, epsilon)));
  }
}

@inline
function adamStep(rate: v128, mean: v128, square: v128, correction2: v128, epsilon: v128): v128 {
  const root = f32x4.sqrt(f32x4.div(square, correction2));
  return f32x4.div(f32x4.mul(rate, mean), f32x4.add(root, epsilon));
}

/** a * x + b * y. */
@inline
function mixed(a: v128, x: v128, b: v128, y: v128): v128 {
  return f32x4.add(f32x4.mul(a, x), f32x4.mul(b, y));
}

/** scale * gradient + decay * value. */
@inline
function decayed(scale: v128, gradient: v128, decay: v128, value: v128): v128 {
  return mixed(scale, gradient, decay, value);
}
