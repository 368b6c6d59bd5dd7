import { assertEquals } from "@std/assert";
import { lenet5 } from "../../../src/nn/descriptions/lenet5.ts";
import {
  countLayers,
  type LayerDescription,
  totalOf,
} from "../../../src/nn/descriptions/network_description.ts";
import { countBuilt } from "./build_layer.ts";
import { alexNet, vgg, vggNames, withoutGroups } from "./networks.ts";
import { onCpu } from "./on_cpu.ts";

Deno.test("countBuilt() of LeNet-5 agrees with its description, connections included, and not without the table of C3", async () => {
  const built = await onCpu(() => countBuilt(lenet5, true));
  assertEquals(built, countLayers(lenet5));
  const whole = await onCpu(() => countBuilt(withoutGroups(lenet5), true));
  assertEquals(whole[2], { name: "C3", shape: [10, 10, 16], parameters: 2416, connections: 241_600 });
});

Deno.test("countBuilt() counts strides, padding, groups and pooling as descriptions do", async () => {
  const layers: LayerDescription[] = [
    { kind: "convolution", name: "strided", maps: 4, kernel: 3, stride: 2, pad: 1 },
    { kind: "convolution", name: "grouped", maps: 6, kernel: 3, pad: 2, groups: 2 },
    { kind: "pooling", name: "overlapping", window: 3, stride: 2 },
    { kind: "dense", name: "dense", units: 5 },
  ];
  const network = { name: "small", input: [14, 11, 2], layers } as const;
  assertEquals(await onCpu(() => countBuilt(network, true)), countLayers(network));
});

Deno.test("alexNet and vgg() have the parameters that are quoted", () => {
  const total = (network: typeof alexNet) => totalOf(countLayers(network), "parameters");
  assertEquals([total(alexNet), total(withoutGroups(alexNet))], [60_965_224, 62_378_344]);
  assertEquals(vggNames.map((name) => Math.round(total(vgg(name)) / 1e6)), [133, 133, 134, 138, 144]);
  assertEquals([total(vgg("D")), total(vgg("E"))], [138_357_544, 143_667_240]);
  const weightLayers = vggNames.map((name) =>
    vgg(name).layers.filter(({ kind }) => kind !== "pooling").length
  );
  assertEquals(weightLayers, [11, 13, 16, 16, 19]);
});
