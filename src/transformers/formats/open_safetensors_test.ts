import { assertEquals, assertThrows } from "@std/assert";
import { DataError } from "../../errors.ts";
import { inFolder } from "../../files/test_helpers.ts";
import { openSafetensors } from "./open_safetensors.ts";
import { readSafetensorsHeader } from "./safetensors_header.ts";
import { writeSafetensors } from "./write_safetensors.ts";

Deno.test(
  "openSafetensors() reads a single number, and a tensor of nothing",
  inFolder(async (folder) => {
    const path = `${folder}/a.safetensors`;
    const tensors = new Map([
      ["scale", { shape: [], values: Float32Array.of(1.5) }],
      ["none", { shape: [0, 4], values: new Float32Array() }],
    ]);
    await Deno.writeFile(path, writeSafetensors(tensors, "F32"));
    await using source = await openSafetensors([path]);
    assertEquals([source.shapeOf("scale"), await source.read("scale")], [[], Float32Array.of(1.5)]);
    assertEquals([source.shapeOf("none"), await source.read("none")], [[0, 4], new Float32Array()]);
  }),
);

Deno.test("readSafetensorsHeader() takes no name of Object.prototype for a type, and names faults in one line", () => {
  const read = (json: string) => readSafetensorsHeader(new TextEncoder().encode(json), 8 + json.length, "a");
  const inherited = '{"w":{"dtype":"toString","shape":[],"data_offsets":[0,0]}}';
  assertEquals(read(inherited).get("w")?.dtype, "toString");
  const { message } = assertThrows(() => read('{"x\\ny":{}}'), DataError);
  assertEquals(message.includes("\n"), false);
});
