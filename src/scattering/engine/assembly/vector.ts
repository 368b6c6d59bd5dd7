// Short names for the lane-wise operations, for T = f32 (4 lanes) and f64 (2 lanes).

@inline
export function add<T>(a: v128, b: v128): v128 {
  return v128.add<T>(a, b);
}

@inline
export function sub<T>(a: v128, b: v128): v128 {
  return v128.sub<T>(a, b);
}

@inline
export function mul<T>(a: v128, b: v128): v128 {
  return v128.mul<T>(a, b);
}

@inline
export function lanes<T>(): usize {
  return 16 / sizeof<T>();
}
