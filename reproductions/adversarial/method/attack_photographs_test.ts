import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  changedInput,
  changeName,
  changes,
  isEvenly,
  signsOnGrid,
  transferred,
} from "./attack_photographs.ts";

const bgr = { side: 2, channels: [2, 1, 0], mean: [100, 110, 120], scale: 1 } as const;
const rgb = { side: 2, channels: [0, 1, 2], mean: [127.5, 127.5, 127.5], scale: 127.5 } as const;

Deno.test("changedInput() moves samples by grey levels, and clips them to 0..255 where it is asked to", () => {
  const x = Float32Array.of(154.5, -109.5, 0);
  const signs = Float32Array.of(1, -1, 1);
  assertEquals([...changedInput(x, signs, { eps: 2, clipped: false }, bgr)], [156.5, -111.5, 2]);
  assertEquals([...changedInput(x, signs, { eps: 2, clipped: true }, bgr)], [155, -110, 2]);
  assertAlmostEquals(
    changedInput(Float32Array.of(0), [1], { eps: 1, clipped: false }, rgb)[0]!,
    1 / 127.5,
    1e-7,
  );
});

Deno.test("signsOnGrid() puts colours in the order of the other network", () => {
  const signs = Float32Array.of(1, -1, 0, 1, -1, 0, 1, -1, 0, 1, -1, 0);
  assertEquals([...signsOnGrid(signs, bgr, rgb)], [0, -1, 1, 0, -1, 1, 0, -1, 1, 0, -1, 1]);
});

Deno.test("isEvenly() chooses as many as are asked for", () => {
  const chosen = (count: number, of: number) =>
    Array.from({ length: of }, (_, i) => i).filter((i) => isEvenly(i, of, count));
  assertEquals([chosen(4, 30), chosen(3, 2), chosen(1, 5)], [[0, 7, 15, 22], [0, 1], [0]]);
});

Deno.test("every change has a name of its own", () => {
  assertEquals(new Set(changes.map(changeName)).size, changes.length);
  assertEquals(transferred.map(changeName), ["fgsm/eps=1", "fgsm/eps=8", "noise/eps=1", "noise/eps=8"]);
});
