// The product of a spectrum and a real filter, sub-sampled by folding: frequencies that the coarser grid
// does not tell apart are added. Filters are small outside a band, and how many aliases of a frequency lie in
// the band differs, so each block of rows has lists of elements by the number of their sources.

import { Block, Group } from "./layout";
import { add, imaginary, mul, real, storeImaginary, storeReal, upperImaginary, upperReal } from "./vector";

/** Writes the rows of a block, element (row, column) at the offset that its list gives. */
export function fold<T, W>(block: Block, spectrum: usize, dst: usize): void {
  let at = block.first;
  for (let i: usize = 0; i < block.groups; i++, at += offsetof<Group>()) {
    const group = changetype<Group>(at);
    switch (<u32>group.sources) {
      case 1: gather<T, W>(1, group, spectrum, dst); break;
      case 2: gather<T, W>(2, group, spectrum, dst); break;
      case 3: gather<T, W>(3, group, spectrum, dst); break;
      case 4: gather<T, W>(4, group, spectrum, dst); break;
      default: gather<T, W>(0, group, spectrum, dst);
    }
  }
}

/** The transpose: adds each element of a block, times the filter, to its sources. Both stand with the imaginary part first. */
export function unfold<T, W>(block: Block, src: usize, spectrum: usize): void {
  let at = block.first;
  for (let i: usize = 0; i < block.groups; i++, at += offsetof<Group>()) {
    const group = changetype<Group>(at);
    if (group.sources == 1) spread<T, W>(1, group, src, spectrum);
    else if (group.sources) spread<T, W>(0, group, src, spectrum);
  }
}

/** As in gather(). */
@inline
function spread<T, W>(sources: u32, group: Group, src: usize, spectrum: usize): void {
  const n: usize = sources ? sources : <u32>group.sources;
  let offset = group.offsets, value = group.values;
  for (let i = group.count; i > 0; i--, offset += 4) {
    const x = src + load<u32>(offset);
    const a = real<W>(x), a2 = upperReal<W>(x), b = imaginary<W>(x), b2 = upperImaginary<W>(x);
    if (sources) {
      offset += 4;
      addProduct<T, W>(spectrum + load<u32>(offset), v128.load_splat<T>(value), a, a2, b, b2);
      value += sizeof<T>();
    } else {
      for (const end = offset + (n << 2); offset < end; value += sizeof<T>()) {
        offset += 4;
        addProduct<T, W>(spectrum + load<u32>(offset), v128.load_splat<T>(value), a, a2, b, b2);
      }
    }
  }
}

@inline
function addProduct<T, W>(y: usize, f: v128, a: v128, a2: v128, b: v128, b2: v128): void {
  const first = add<T>(real<W>(y), mul<T>(f, a)), second = add<T>(upperReal<W>(y), mul<T>(f, a2));
  const third = add<T>(imaginary<W>(y), mul<T>(f, b)), fourth = add<T>(upperImaginary<W>(y), mul<T>(f, b2));
  storeReal<W>(y, first, second);
  storeImaginary<W>(y, third, fourth);
}

/** `sources` is a constant at every call; 0 stands for any number. */
@inline
function gather<T, W>(sources: u32, group: Group, spectrum: usize, dst: usize): void {
  const n: usize = sources ? sources : <u32>group.sources;
  let offset = group.offsets, value = group.values;
  for (let i: usize = group.count; i > 0; i--) {
    let re = v128.splat<T>(0), im = re, re2 = re, im2 = re;
    if (sources) {
      // The imaginary part of a spectrum stands first: see spectrum.ts.
      let x = spectrum + load<u32>(offset, 4);
      let f = v128.load_splat<T>(value);
      im = mul<T>(f, real<W>(x)); im2 = mul<T>(f, upperReal<W>(x));
      re = mul<T>(f, imaginary<W>(x)); re2 = mul<T>(f, upperImaginary<W>(x));
      if (sources > 1) {
        x = spectrum + load<u32>(offset, 8);
        f = v128.load_splat<T>(value, sizeof<T>());
        im = add<T>(im, mul<T>(f, real<W>(x))); im2 = add<T>(im2, mul<T>(f, upperReal<W>(x)));
        re = add<T>(re, mul<T>(f, imaginary<W>(x))); re2 = add<T>(re2, mul<T>(f, upperImaginary<W>(x)));
      }
      if (sources > 2) {
        x = spectrum + load<u32>(offset, 12);
        f = v128.load_splat<T>(value, 2 * sizeof<T>());
        im = add<T>(im, mul<T>(f, real<W>(x))); im2 = add<T>(im2, mul<T>(f, upperReal<W>(x)));
        re = add<T>(re, mul<T>(f, imaginary<W>(x))); re2 = add<T>(re2, mul<T>(f, upperImaginary<W>(x)));
      }
      if (sources > 3) {
        x = spectrum + load<u32>(offset, 16);
        f = v128.load_splat<T>(value, 3 * sizeof<T>());
        im = add<T>(im, mul<T>(f, real<W>(x))); im2 = add<T>(im2, mul<T>(f, upperReal<W>(x)));
        re = add<T>(re, mul<T>(f, imaginary<W>(x))); re2 = add<T>(re2, mul<T>(f, upperImaginary<W>(x)));
      }
    } else {
      for (let k: usize = 0; k < n; k++) {
        const x = spectrum + load<u32>(offset + ((k + 1) << 2));
        const f = v128.load_splat<T>(value + k * sizeof<T>());
        im = add<T>(im, mul<T>(f, real<W>(x))); im2 = add<T>(im2, mul<T>(f, upperReal<W>(x)));
        re = add<T>(re, mul<T>(f, imaginary<W>(x))); re2 = add<T>(re2, mul<T>(f, upperImaginary<W>(x)));
      }
    }
    const y = dst + load<u32>(offset);
    storeReal<W>(y, re, re2);
    storeImaginary<W>(y, im, im2);
    offset += (n + 1) << 2;
    value += n * sizeof<T>();
  }
}
