// Passes over the channels of activations: batch normalisation with given moments, and the gradient of a clip.

/** Arguments: y = (x - mean[c]) * factor[c] + offset[c] over rows of `channels` values. */
@unmanaged
class Normalization {
  x: usize;
  y: usize;
  mean: usize;
  factor: usize;
  offset: usize;
  rows: i32;
  channels: i32;
  itemRows: i32;
}

/** Item: `itemRows` rows. */
export function normalizeChannels(item: i32, thread: i32, args: usize): void {
  const p = changetype<Normalization>(args);
  const first = item * p.itemRows;
  const last = min(p.rows, first + p.itemRows);
  const row: usize = p.channels << 2;
  let at = (<usize>first) * row;
  for (let i = first; i < last; i++, at += row) {
    let c: usize = 0;
    for (; c + 16 <= row; c += 16) {
      const centred = f32x4.sub(v128.load(p.x + at + c), v128.load(p.mean + c));
      v128.store(p.y + at + c, f32x4.add(f32x4.mul(centred, v128.load(p.factor + c)), v128.load(p.offset + c)));
    }
    for (; c < row; c += 4) {
      const centred = load<f32>(p.x + at + c) - load<f32>(p.mean + c);
      store<f32>(p.y + at + c, centred * load<f32>(p.factor + c) + load<f32>(p.offset + c));
    }
  }
}

/** Arguments: result = dy where low <= x <= high, else 0. */
@unmanaged
class Inside {
  dy: usize;
  x: usize;
  result: usize;
  count: i32;
  low: f32;
  high: f32;
  itemCount: i32;
}

/** Item: `itemCount` values. */
export function clipGradient(item: i32, thread: i32, args: usize): void {
  const p = changetype<Inside>(args);
  const last = min(p.count, (item + 1) * p.itemCount);
  let i = item * p.itemCount;
  const low = f32x4.splat(p.low);
  const high = f32x4.splat(p.high);
  for (; i + 4 <= last; i += 4) {
    const at = (<usize>i) << 2;
    const x = v128.load(p.x + at);
    const isInside = v128.and(f32x4.ge(x, low), f32x4.le(x, high));
    v128.store(p.result + at, v128.and(v128.load(p.dy + at), isInside));
  }
  for (; i < last; i++) {
    const at = (<usize>i) << 2;
    const x = load<f32>(p.x + at);
    store<f32>(p.result + at, x >= p.low && x <= p.high ? load<f32>(p.dy + at) : 0);
  }
}
