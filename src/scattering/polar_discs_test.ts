import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { polarDiscs, type PolarSector } from "./polar_discs.ts";
import { Scattering2D } from "./scattering_2d.ts";

const side = 32;
const sectorArea = ({ inner, outer, from, to }: PolarSector) => (to - from) * (outer ** 2 - inner ** 2) / 2;

function makeImage(value: (row: number, column: number) => number): Float64Array {
  return Float64Array.from({ length: side * side }, (_, i) => value(Math.floor(i / side), i % side));
}

/** The discs of an image, by the transform of figure 7: J = 3, L = 8 on 32 x 32 pixels. */
async function makeDiscs(image: Float64Array) {
  using scattering = new Scattering2D({ J: 3, L: 8, shape: [side, side], threads: 1 });
  const dirac = makeImage((row, column) => row === 16 && column === 16 ? 1 : 0);
  const batch = await scattering.transform(Float64Array.of(...image, ...dirac), [2]);
  const own = batch.subarray(0, batch.length / 2);
  const response = batch.subarray(batch.length / 2);
  const paths = scattering.paths();
  const discs = (order: 1 | 2) => polarDiscs(own, response, paths, order);
  return { first: discs(1), second: discs(2), paths, response };
}

Deno.test("polarDiscs() fills sixteen discs with 48 and 384 sectors, without overlap or gap", async () => {
  const { first, second } = await makeDiscs(makeImage((row, column) => (row * column) % 7));
  for (const [discs, sectors] of [[first, 48], [second, 384]] as const) {
    assertEquals(discs.length, 16);
    for (const disc of discs) {
      assertEquals(disc.length, sectors);
      assertAlmostEquals(disc.reduce((sum, sector) => sum + sectorArea(sector), 0), Math.PI, 1e-9);
      assert(
        disc.every(({ inner, outer, value }) =>
          0 <= inner && inner < outer && outer <= 1 && 0 <= value && value <= 1
        ),
      );
    }
    assertEquals(Math.max(...discs.flat().map(({ value }) => value)), 1);
    // The middle of each sector lies in no other one.
    const [disc] = discs;
    const holds = (sector: PolarSector, radius: number, angle: number) => {
      const from = (((angle - sector.from) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
      return sector.inner < radius && radius < sector.outer && from < sector.to - sector.from;
    };
    for (const { inner, outer, from, to } of disc!) {
      assertEquals(disc!.filter((sector) => holds(sector, (inner + outer) / 2, (from + to) / 2)).length, 1);
    }
  }
});

Deno.test("polarDiscs() gives rings areas in proportion to the squared norms of responses to a Dirac", async () => {
  const { first, second, paths, response } = await makeDiscs(makeImage((row) => row % 5));
  const samples = response.length / paths.length;
  const norm = (order: number, j: number) =>
    paths.reduce((sum, path, p) => {
      if (path.order !== order || path.j[0] !== j) return sum;
      return sum +
        response.subarray(p * samples, (p + 1) * samples).reduce((norm, value) => norm + value ** 2, 0);
    }, 0);
  const area = (disc: readonly PolarSector[], ring: (radius: number) => boolean) =>
    disc.filter(({ inner, outer }) => ring((inner + outer) / 2)).reduce(
      (sum, sector) => sum + sectorArea(sector),
      0,
    );
  const edge = Math.min(...first[0]!.filter(({ outer }) => outer === 1).map(({ inner }) => inner));
  assertAlmostEquals(
    area(first[0]!, (r) => r > edge) / area(first[0]!, (r) => r < edge),
    norm(1, 0) / (norm(1, 1) + norm(1, 2)),
    1e-9,
  );
  // In order 2 the paths from j = 1, eight for each direction, lie inside those from j = 0, sixteen.
  const inner = second[0]!.toSorted((a, b) => a.outer - b.outer).slice(0, 2 * 64);
  const share = inner.reduce((sum, sector) => sum + sectorArea(sector), 0) / Math.PI;
  assertAlmostEquals(share, norm(2, 1) / (norm(2, 0) + norm(2, 1)), 1e-9);
});

Deno.test("polarDiscs() shows a wave in its direction and scale, on both sides", async () => {
  // The frequency 3 pi / 4 is that of the finest wavelets; the middle discs are far from the boundary.
  const brightest = async (image: Float64Array) => {
    const disc = (await makeDiscs(image)).first[5]!;
    const top = disc.toSorted((a, b) => b.value - a.value).slice(0, 2);
    assert(top.every(({ outer }) => outer > 0.999));
    return top.map(({ from, to }) => Math.round((((from + to) / 2 / Math.PI) % 2 + 2) % 2 * 1000) / 1000)
      .sort();
  };
  const wave = (phase: (row: number, column: number) => number) =>
    makeImage((row, column) => Math.cos(3 * Math.PI / 4 * phase(row, column)));
  assertEquals(await brightest(wave((_, column) => column)), [0, 1]);
  assertEquals(await brightest(wave((row) => row)), [0.5, 1.5]);
  // Frequency to the right and downwards: the lower right of a disc, and the upper left.
  assertEquals(await brightest(wave((row, column) => (row + column) / Math.SQRT2)), [0.75, 1.75]);
});

Deno.test("polarDiscs() places parallel second wavelets in the middle of a sector", () => {
  const path = (second: number) => ({
    order: 2,
    j: [0, 1],
    theta: [0, 0],
    angle: [0.3, second],
    frequency: [2, 1],
  });
  const paths = [0.3, 0.3 + Math.PI / 4, 0.3 - Math.PI / 4].map(path);
  const [disc] = polarDiscs([1, 0, 0], [1, 1, 1], paths, 2);
  const [bright] = disc!.filter(({ value }) => value === 1);
  assertAlmostEquals((bright!.from + bright!.to) / 2, 0.3 - Math.PI / 2, 1e-12);
});

Deno.test("polarDiscs() gives second scales within a ring areas in proportion, too", () => {
  const paths = [[0, 1], [0, 2], [1, 2]].map((j) => ({
    order: 2,
    j,
    theta: [0, 0],
    angle: [0, 0],
    frequency: [2, 1],
  }));
  const [disc] = polarDiscs([0, 1, 0], [1, 2, 3], paths, 2);
  const bright = disc!.filter(({ value }) => value === 1);
  // Squared norms of 9 for the inner ring, then 4 and 1: half a disc each.
  assertEquals(bright.length, 2);
  for (const sector of bright) {
    assertAlmostEquals(sector.inner ** 2, 9 / 14, 1e-12);
    assertAlmostEquals(sectorArea(sector), Math.PI / 2 * 4 / 14, 1e-12);
  }
});

Deno.test("polarDiscs() of a black image is empty", () => {
  const path = { order: 1, j: [0], theta: [0], angle: [0], frequency: [2] };
  assertEquals(polarDiscs([0], [1], [path], 1)[0]!.map(({ value }) => value), [0, 0]);
});

Deno.test("polarDiscs() refuses coefficients that do not match the paths", () => {
  const path = { order: 1, j: [0], theta: [0], angle: [0], frequency: [2] };
  assertThrows(() => polarDiscs([1, 2, 3], [1, 2, 3], [path, path], 1), RangeError, "3 coefficients");
  assertThrows(() => polarDiscs([1], [1, 2], [path], 1), RangeError, "2 of a Dirac");
  assertThrows(() => polarDiscs([1], [1], [path], 2), RangeError, "order 2");
});
