import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { readUsps } from "./read_usps.ts";

const text = (content: string) => new TextEncoder().encode(content);
const row = (label: string, first: string, count = 256) => [label, ...Array(count).fill(first)].join(" ");

Deno.test("readUsps() reads both forms of the files", () => {
  const { count, height, width, images, labels } = readUsps(
    text(`${row("6.0000", "-1.0000")} \n${row("9", "0.148")}\n`),
    "zip",
  );
  assertEquals([count, height, width], [2, 16, 16]);
  assertEquals([...labels], [6, 9]);
  assertEquals([images[0], images[255], images[256]], [-1, -1, Math.fround(0.148)]);
});

Deno.test("readUsps() reads a file without the last line end", () => {
  assertEquals(readUsps(text(row("3", "1")), "zip").count, 1);
});

Deno.test("readUsps() refuses what is no such file, with the line", () => {
  const good = row("3", "1");
  const cases: readonly [string, string][] = [
    ["", "it must have a line for each digit"],
    [`${good}\n${row("3", "1", 255)}\n`, "line 2 has 256"],
    [`${good}\n${row("3", "1", 257)}\n`, "line 2 has 258"],
    [`${good}\n\n${good}`, "line 2 has 1"],
    [row("3", "0x1"), 'line 1 must have decimal numbers: one is "0x1"'],
    [row("3", "NaN"), 'one is "NaN"'],
    [row("3", "1.5"), "the values of line 1 must be in -1..1: one is 1.5"],
    [row("10", "1"), "label 0 must be in 0..9: current value is 10"],
    [row("2.5", "1"), "label 0 must be in 0..9: current value is 2.5"],
    [row("-1", "1"), "label 0 must be in 0..9: current value is -1"],
    ["\n".repeat(1000), "line 1 has 1"],
  ];
  for (const [file, reason] of cases) {
    assertThrows(() => readUsps(text(file), "zip.x"), DataError, "Cannot read zip.x: ");
    assertThrows(() => readUsps(text(file), "zip.x"), DataError, reason);
  }
});
