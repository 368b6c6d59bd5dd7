/** Nodes in (-1, 1) and weights of a quadrature. */
export interface Quadrature {
  /** Where the integrand is taken. */
  readonly nodes: readonly number[];
  /** The weights, of sum 2. */
  readonly weights: readonly number[];
}

/** The rule of Gauss and Legendre: exact for polynomials of degree 2 count - 1. The nodes are found by Newton's method. */
export function gaussLegendre(count: number): Quadrature {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < count; i++) {
    let x = Math.cos(Math.PI * (i + 0.75) / (count + 0.5));
    let derivative = 0;
    for (let step = 0; step < 100; step++) {
      let last = 1;
      let value = x;
      for (let k = 2; k <= count; k++) {
        const next = ((2 * k - 1) * x * value - (k - 1) * last) / k;
        last = value;
        value = next;
      }
      derivative = count * (x * value - last) / (x * x - 1);
      const change = value / derivative;
      x -= change;
      if (Math.abs(change) < 1e-15) break;
    }
    nodes.push(x);
    weights.push(2 / ((1 - x * x) * derivative * derivative));
  }
  return { nodes, weights };
}
