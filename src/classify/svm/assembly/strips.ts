// Strips of the kernel matrix: one training point against all points of one class.

import { storePair } from "../../../compute/assembly/parts";
import { TILE_ROWS } from "../kernel_constants";
import { kernelTile, Points } from "./kernel_tile";
import { scratchOf } from "./scratch";

/** Arguments of gatherRow(). */
@unmanaged
class Gathering {
  points: usize;
  /** Positions of the points to gather, and where their rows go, one after another. */
  positions: usize;
  rows: usize;
}

/** Copies point `item` of a list out of its panel to a row of its own. */
export function gatherRow(item: i32, thread: i32, args: usize): void {
  const g = changetype<Gathering>(args);
  const points = changetype<Points>(g.points);
  const position = load<i32>(g.positions + (item << 2));
  let from = points.panels + (<usize>(position >> 3)) * points.steps * 32 + ((position & 7) << 2);
  let to = g.rows + (<usize>item) * points.steps * 4;
  for (let k = 0; k < points.steps; k++, from += 32, to += 4) store<f32>(to, load<f32>(from));
}

/** Arguments of kernelStrips(). */
@unmanaged
class Strips {
  points: usize;
  /** Of each strip: the address of its row, the squared length of the row, and where the strip goes. */
  rows: usize;
  norms: usize;
  targets: usize;
  items: usize;
}

/** Strips of one class, over some of its panels. */
@unmanaged
class StripItem {
  firstStrip: i32;
  strips: i32;
  firstPanel: i32;
  panels: i32;
  /** The first panel of the class. */
  origin: i32;
}

/** Fills some columns of some strips. */
export function kernelStrips(item: i32, thread: i32, args: usize, base: usize): void {
  const p = changetype<Strips>(args);
  const part = changetype<StripItem>(p.items + (<usize>item) * offsetof<StripItem>());
  const tile = scratchOf(base, thread);
  const zeros = tile + 192;
  v128.store(zeros, i32x4.splat(0), 16);
  v128.store(zeros, i32x4.splat(0));
  for (let panel = part.firstPanel; panel < part.firstPanel + part.panels; panel++) {
    const column = (panel - part.origin) << 5;
    for (let i = 0; i < part.strips; i += TILE_ROWS) {
      const first = (part.firstStrip + i) << 2;
      kernelTile(changetype<Points>(p.points), p.rows + first, p.norms + first, panel, zeros, tile);
      const rows = min(TILE_ROWS, part.strips - i);
      for (let r = 0; r < rows; r++) {
        const to = load<usize>(p.targets + first + (r << 2)) + column;
        storePair(to, v128.load(tile + (r << 5)), v128.load(tile + (r << 5), 16));
      }
    }
  }
}
