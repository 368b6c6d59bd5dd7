import { storePair } from "./parts";

/** Copies floats, eight at a time. */
@inline
export function copyFloats(from: usize, to: usize, count: i32): void {
  let left = count;
  for (; left >= 8; left -= 8, from += 32, to += 32) {
    const first = v128.load(from), second = v128.load(from, 16);
    storePair(to, first, second);
  }
  if (left >= 4) {
    v128.store(to, v128.load(from));
    left -= 4;
    from += 16;
    to += 16;
  }
  for (; left > 0; left--, from += 4, to += 4) store<f32>(to, load<f32>(from));
}
