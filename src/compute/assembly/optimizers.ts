// Updates of the parameters, every tensor in one job, in place.

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
  const beta = f32x4.splat(u.beta1);
  const rate = f32x4.splat(b.rate);
  let at: usize = 0;
  for (let left = b.count; left > 0; left -= 4, at += 16) {
    const value = loadPart(b.value + at, left);
    const gradient = decayed(b, u, at, left, value);
    const velocity = f32x4.add(f32x4.mul(beta, loadPart(b.first + at, left)), gradient);
    storePart(b.first + at, left, velocity);
    storePart(b.value + at, left, f32x4.sub(value, f32x4.mul(rate, velocity)));
  }
}

/** Adam (Kingma and Ba 2015, algorithm 1). */
export function adam(item: i32, thread: i32, args: usize): void {
  const u = changetype<Update>(args);
  const b = changetype<Block>(u.blocks + (<usize>item) * BLOCK_BYTES);
  const one: f32 = 1;
  let at: usize = 0;
  for (let left = b.count; left > 0; left -= 4, at += 16) {
    const value = loadPart(b.value + at, left);
    const gradient = decayed(b, u, at, left, value);
    const first = f32x4.add(
      f32x4.mul(f32x4.splat(u.beta1), loadPart(b.first + at, left)),
      f32x4.mul(f32x4.splat(one - u.beta1), gradient),
    );
    const second = f32x4.add(
      f32x4.mul(f32x4.splat(u.beta2), loadPart(b.second + at, left)),
      f32x4.mul(f32x4.splat(one - u.beta2), f32x4.mul(gradient, gradient)),
    );
    storePart(b.first + at, left, first);
    storePart(b.second + at, left, second);
    const root = f32x4.sqrt(f32x4.div(second, f32x4.splat(u.correction2)));
    const step = f32x4.div(
      f32x4.mul(f32x4.splat(b.rate / u.correction1), first),
      f32x4.add(root, f32x4.splat(u.epsilon)),
    );
    storePart(b.value + at, left, f32x4.sub(value, step));
  }
}

/** scale * gradient + decay * value. */
@inline
function decayed(b: Block, u: Update, at: usize, left: i32, value: v128): v128 {
  const gradient = f32x4.mul(f32x4.splat(u.scale), loadPart(b.gradient + at, left));
  return f32x4.add(gradient, f32x4.mul(f32x4.splat(b.decay), value));
}

/** Four floats, or as many as are left. */
@inline
function loadPart(at: usize, left: i32): v128 {
  if (left >= 4) return v128.load(at);
  let part = v128.load32_zero(at);
  if (left > 1) part = v128.load32_lane(at + 4, part, 1);
  if (left > 2) part = v128.load32_lane(at + 8, part, 2);
  return part;
}

@inline
function storePart(at: usize, left: i32, part: v128): void {
  if (left >= 4) return v128.store(at, part);
  v128.store32_lane(at, part, 0);
  if (left > 1) v128.store32_lane(at + 4, part, 1);
  if (left > 2) v128.store32_lane(at + 8, part, 2);
}
