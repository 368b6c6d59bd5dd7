/**
 * Products of the matrix of channels: their covariances, and a small matrix times all of them. Both run over blocks of pixels that stay in the cache.
 *
 * @module
 */

/** Pixels of a block. */
const block = 512;

/**
 * Sums over all pixels of the products of channels, U U^T.
 *
 * @param channels U: `(R, d)`.
 * @param R Channels.
 * @param isNeeded `(R, R)`: 1 where the pair i <= j is wanted; others are left 0, or are what comes with a neighbour.
 * @param products Takes the sums, `(R, R)`, above the diagonal and on it.
 */
export function channelCovariances(
  channels: Float64Array,
  R: number,
  isNeeded: Uint8Array,
  products: Float64Array,
): void {
  const d = channels.length / R;
  products.fill(0);
  for (let first = 0; first < d; first += block) {
    const end = Math.min(first + block, d);
    for (let i = 0; i < R; i += 2) {
      for (let j = i; j < R; j += 4) {
        if (!isTileNeeded(isNeeded, R, i, j)) continue;
        addTile(channels, R, d, i, j, first, end, products);
      }
    }
  }
}

function isTileNeeded(isNeeded: Uint8Array, R: number, i: number, j: number): boolean {
  for (let row = i; row < i + 2; row++) {
    for (let column = j; column < Math.min(j + 4, R); column++) {
      if (isNeeded[row * R + column] === 1) return true;
    }
  }
  return false;
}

/** The products of two channels with four, the last of them repeated where there are no more. R is even. */
function addTile(
  U: Float64Array,
  R: number,
  d: number,
  i: number,
  j: number,
  first: number,
  end: number,
  products: Float64Array,
): void {
  const columns = Math.min(4, R - j);
  const a = i * d;
  const b = a + d;
  const p = j * d;
  const q = (columns > 1 ? j + 1 : j) * d;
  const r = (columns > 2 ? j + 2 : j) * d;
  const s = (columns > 3 ? j + 3 : j) * d;
  let ap = 0;
  let aq = 0;
  let ar = 0;
  let as = 0;
  let bp = 0;
  let bq = 0;
  let br = 0;
  let bs = 0;
  for (let u = first; u < end; u++) {
    const x = U[a + u]!;
    const y = U[b + u]!;
    const k = U[p + u]!;
    const l = U[q + u]!;
    const m = U[r + u]!;
    const n = U[s + u]!;
    ap += x * k;
    aq += x * l;
    ar += x * m;
    as += x * n;
    bp += y * k;
    bq += y * l;
    br += y * m;
    bs += y * n;
  }
  const upper = [ap, aq, ar, as];
  const lower = [bp, bq, br, bs];
  for (let column = 0; column < columns; column++) {
    products[i * R + j + column]! += upper[column]!;
    products[(i + 1) * R + j + column]! += lower[column]!;
  }
}

/**
 * A symmetric matrix times all channels, G U.
 *
 * @param G `(R, R)`.
 * @param channels U: `(R, d)`.
 * @param R Channels.
 * @param to Takes the result, `(R, d)`.
 */
export function combineChannels(
  G: Float64Array,
  channels: Float64Array,
  R: number,
  to: Float64Array,
): void {
  const d = channels.length / R;
  to.fill(0);
  for (let first = 0; first < d; first += block) {
    const size = Math.min(block, d - first);
    for (let i = 0; i < R; i += 2) {
      for (let j = 0; j < R; j += 2) {
        const g = i * R + j;
        const g00 = G[g]!;
        const g01 = G[g + 1]!;
        const g10 = G[g + R]!;
        const g11 = G[g + R + 1]!;
        if (g00 === 0 && g01 === 0 && g10 === 0 && g11 === 0) continue;
        const x = i * d + first;
        const y = j * d + first;
        for (let u = 0; u < size; u++) {
          const p = channels[y + u]!;
          const q = channels[y + d + u]!;
          to[x + u]! += g00 * p + g01 * q;
          to[x + d + u]! += g10 * p + g11 * q;
        }
      }
    }
  }
}
