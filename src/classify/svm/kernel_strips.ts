import { recordWords } from "../../compute/kernel_record.ts";
import { stripItem } from "./kernel_arguments.ts";
import { LARGEST_WORKING_SET, TILE_ROWS } from "./kernel_constants.ts";
import { type PackedPoints, paddedCount, panelPoints } from "./packed_points.ts";
import type { ClassBlock, PairProblem } from "./pair_problem.ts";
import { StripCache } from "./strip_cache.ts";
import type { SvmWorkspace } from "./svm_workspace.ts";

/** Most rows and strips that are computed in one go. */
const mostRows = 4096;
const mostStrips = 8192;
/** Strips and panels of an item: the rows of so many strips stay in the second-level cache. */
const itemStrips = 24;
const itemPanels = 32;

/** A strip that is to be computed: the number of its row among those gathered, and where it goes. */
interface Request {
  readonly row: number;
  readonly target: number;
}

/**
 * Strips of the kernel matrix, each one training point against all points of one class: kept for all pairs, as
 * far as the memory given suffices, and otherwise computed for many points at once.
 */
export class KernelStrips {
  readonly #workspace: SvmWorkspace;
  readonly #points: PackedPoints;
  readonly #features: number;
  readonly #blocks: readonly ClassBlock[];
  readonly #cache: StripCache;
  readonly #positions: number;
  readonly #rows: number;
  /** Addresses of the rows of all strips, their squared lengths, and targets. */
  readonly #tables: readonly [rows: number, norms: number, targets: number];
  readonly #items: number;

  /** Takes memory for the strips, at most `cacheBytes` where that suffices for one working set. */
  constructor(
    workspace: SvmWorkspace,
    points: PackedPoints,
    features: number,
    blocks: readonly ClassBlock[],
    cacheBytes: number,
  ) {
    this.#workspace = workspace;
    this.#points = points;
    this.#features = features;
    this.#blocks = blocks;
    const sizes = blocks.map(({ count }) => paddedCount(count));
    const largest = Math.max(...sizes);
    const count = sizes.reduce((sum, size) => sum + size, 0);
    const slots = Math.max(2 * LARGEST_WORKING_SET, Math.floor(cacheBytes / (4 * largest)));
    const needed = Math.min(slots, count * blocks.length);
    this.#cache = new StripCache(workspace.allocate(needed * largest * 4), largest * 4, needed);
    const rows = Math.min(mostRows, count);
    this.#positions = workspace.allocate(rows * 4);
    this.#rows = workspace.allocate(rows * features * 4);
    const table = () => workspace.allocate((mostStrips + TILE_ROWS) * 4);
    this.#tables = [table(), table(), table()];
    const items = Math.ceil(mostStrips / itemStrips) + blocks.length;
    this.#items = workspace.allocate(
      items * Math.ceil(largest / panelPoints / itemPanels) * stripItem.length * 4,
    );
  }

  /**
   * Makes the strips of the working sets of the first of some problems available, as many as fit at once, and tells
   * them where.
   *
   * @returns The number of problems that have theirs: at least 1.
   */
  provide(problems: readonly PairProblem[]): number {
    const rowByPosition = new Map<number, number>();
    const requests: Request[][] = this.#blocks.map(() => []);
    let used = 0;
    let missing = 0;
    let done = 0;
    const strip = (position: number, block: number): number => {
      const key = position * this.#blocks.length + block;
      const kept = this.#cache.find(key);
      if (kept !== undefined) return kept;
      let row = rowByPosition.get(position);
      if (row === undefined) rowByPosition.set(position, row = rowByPosition.size);
      const target = this.#cache.take(key);
      requests[block]!.push({ row, target });
      missing++;
      return target;
    };
    for (const problem of problems) {
      const size = problem.workingSetSize();
      used += 2 * size;
      const fits = used <= this.#cache.slots && missing + 2 * size <= mostStrips &&
        rowByPosition.size + size <= mostRows;
      if (done > 0 && !fits) break;
      const [first, second] = problem.classes;
      problem.forEachWorking((position, index) => {
        problem.setStrips(index, strip(position, first), strip(position, second));
      });
      done++;
    }
    if (missing > 0) this.#fill([...rowByPosition.keys()], requests);
    return done;
  }

  /** Computes strips of the points at the positions given; requests by class. */
  #fill(positions: readonly number[], requests: readonly Request[][]): void {
    const workspace = this.#workspace;
    workspace.words(this.#positions, positions.length).set(positions);
    workspace.run("gatherRow", positions.length, {
      points: this.#points.pointer,
      positions: this.#positions,
      rows: this.#rows,
    });

    const [rows, norms, targets] = this.#tables;
    const rowTable = workspace.words(rows, mostStrips + TILE_ROWS);
    const normTable = workspace.floats(norms, mostStrips);
    const targetTable = workspace.words(targets, mostStrips);
    const lengths = workspace.floats(this.#points.norms, this.#points.count);
    const items: number[] = [];
    let strips = 0;
    for (const [block, wanted] of requests.entries()) {
      addItems(items, strips, wanted.length, this.#blocks[block]!);
      for (const { row, target } of wanted) {
        rowTable[strips] = this.#rows + row * this.#features * 4;
        normTable[strips] = lengths[positions[row]!]!;
        targetTable[strips] = target;
        strips++;
      }
    }
    rowTable.fill(this.#rows, strips, strips + TILE_ROWS);
    workspace.words(this.#items, items.length).set(items);
    workspace.run("kernelStrips", items.length / stripItem.length, {
      points: this.#points.pointer,
      rows,
      norms,
      targets,
      items: this.#items,
    });
  }
}

/** Cuts strips of one class into items. */
function addItems(items: number[], firstStrip: number, strips: number, { first, count }: ClassBlock): void {
  const origin = first / panelPoints;
  const panels = paddedCount(count) / panelPoints;
  for (let strip = 0; strip < strips; strip += itemStrips) {
    for (let panel = 0; panel < panels; panel += itemPanels) {
      items.push(...recordWords(stripItem, {
        firstStrip: firstStrip + strip,
        strips: Math.min(itemStrips, strips - strip),
        firstPanel: origin + panel,
        panels: Math.min(itemPanels, panels - panel),
        origin,
      }));
    }
  }
}
