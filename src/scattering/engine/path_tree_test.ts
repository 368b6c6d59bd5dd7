import { assertEquals } from "@std/assert";
import { scatteringPaths } from "../paths.ts";
import { type PathNode, pathTree } from "./path_tree.ts";

Deno.test("pathTree() numbers the paths as scatteringPaths() lists them", () => {
  const J = 4;
  const L = 2;
  const maxOrder = 3;
  const wavelets = Array.from({ length: J * L }, (_, n) => ({
    j: Math.floor(n / L),
    theta: n % L,
    angle: 0,
    centreFrequency: 1,
  }));
  const listed = scatteringPaths(wavelets, maxOrder)
    .map(({ wavelets }) => wavelets.map(({ j, theta }) => `${j},${theta}`).join(" "));
  const found: string[] = [""];
  const visit = ({ index, j, theta, children }: PathNode, above: string) => {
    found[index] = `${above} ${j},${theta}`.trim();
    for (const child of children) visit(child, found[index]!);
  };
  for (const path of pathTree(J, L, maxOrder)) visit(path, "");
  assertEquals(found, listed);
});

Deno.test("pathTree() of order 0 is empty", () => {
  assertEquals(pathTree(3, 8, 0), []);
});
