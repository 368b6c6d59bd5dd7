import { assertAlmostEquals } from "@std/assert";
import { startBackend } from "../../../src/compute/tfjs/start_backend.ts";
import { frameSpectrum } from "./frame_spectrum.ts";

Deno.test("frameSpectrum() of orthogonal columns: their squared lengths, and the farthest of them from 1", async () => {
  const backend = await startBackend({ threads: 1 });
  // Four atoms in three dimensions; the columns have the squared lengths a, b and c.
  for (const [a, b, c, tightness] of [[1.5, 1, 0.25, 0.75], [1.5, 1, 0.75, 0.5]] as const) {
    const [x, y, z] = [a, b, c].map((square) => Math.sqrt(square / 4));
    const F = Float32Array.of(...[x!, y!, z!], ...[x!, -y!, z!], ...[x!, y!, -z!], ...[x!, -y!, -z!]);
    const found = frameSpectrum(F, 3);
    for (const [i, value] of [a, b, c].entries()) assertAlmostEquals(found.eigenvalues[i]!, value, 1e-6);
    assertAlmostEquals(found.tightness, tightness, 1e-6);
  }
  backend.dispose();
});
