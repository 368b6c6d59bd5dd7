import { assertEquals, assertStringIncludes } from "@std/assert";
import { reproductions } from "../../reproductions/mod.ts";
import { displayWidth } from "../../src/suite/report/display_width.ts";
import { listReproductions } from "./list_reproductions.ts";
import { expectedMinutes, measureMachine } from "./machine_speed.ts";
import { root } from "./test_helpers.ts";

const [first] = reproductions;
const listed = [await first!.load()];
const options = { root: root.slice(0, -1), columns: null };

Deno.test("listReproductions() says how long each profile takes on this machine", () => {
  const minutes = (machine: Parameters<typeof listReproductions>[1]["machine"]) =>
    JSON.parse(listReproductions(listed, { ...options, machine, json: true })).modules[0].expectedMinutes
      .full;
  const [here, elsewhere] = [{ cores: 2, slowness: 1 }, { cores: 4, slowness: 3 }];
  for (const machine of [here, elsewhere]) {
    assertEquals(minutes(machine), expectedMinutes(listed[0]!.profiles.full.minutes, machine));
  }
  const text = listReproductions(listed, { ...options, machine: here, json: false });
  assertStringIncludes(text, "this machine: 2 cores, each taking 1.00 times as long");
  assertStringIncludes(text, "  expected here: smoke ");
});

Deno.test("listReproductions() fits a terminal", () => {
  const machine = { cores: 2, slowness: 1 };
  const text = listReproductions(listed, { ...options, machine, json: false, columns: 80 });
  assertEquals(text.split("\n").filter((line) => displayWidth(line) > 80), []);
});

Deno.test("measureMachine() finds about the same twice", () => {
  const [a, b] = [measureMachine(), measureMachine()];
  assertEquals(a.cores, navigator.hardwareConcurrency);
  assertEquals(a.slowness > 0 && a.slowness / b.slowness < 10 && b.slowness / a.slowness < 10, true);
});
