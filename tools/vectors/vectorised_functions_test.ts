import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { root } from "../../scripts/lib/command_line.ts";
import { traceFlags, vectorisedFunctions } from "./vectorised_functions.ts";

/** Where the time of long runs goes. A function that is not in the trace, or stays at 128 bits, has lost its speed in fast mode. */
const hot = [
  ...["f32", "f64"].flatMap((type) =>
    [
      ...["cascade/open", "cascade/measure", "fft/complexPass", "fft/modulusPass", "fold/fold"],
      ...["low_pass/lowPass", "outlet/finish"],
    ].map((name) => `${name}<${type},u16>`)
  ),
  ...["index/scatter32Double", "index/scatter64Double"], // the forward transforms and mirrored spectra
  ...["row_tile/rowTile", "columns/multiplyColumns", "column_tile/columnTile", "pack/pack"],
  ...["images/foldWindows", "sums/sumRows", "product64/tile64"],
  ...["pooling/maxPool", "pooling/maxPoolGradient", "pooling/averagePool", "pooling/averagePoolGradient"],
  ...["optimizers/momentum", "optimizers/adam"],
  ...["add", "subtract", "multiply", "divide", "relu", "reluGradient", "hardTanh", "hardTanhGradient"]
    .map((name) => `elementwise/${name}`),
  ...["strips/kernelStrips", "kernel_tile/kernelTile", "decide/decide"],
  ...["toy/attend", "toy/attendBack"],
];

/** Why this V8 or processor has no such pass; `null` where it has. */
async function missing(): Promise<string | null> {
  if (Deno.build.arch !== "x86_64") return "the pass is one for x86-64";
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["run", "--v8-flags=--help"] }).output();
  const known = new TextDecoder().decode(stdout);
  const flag = traceFlags.find((flag) => !known.includes(flag.replace(/^--(no-)?/, "--")));
  return flag === undefined ? null : `this V8 has no ${flag}`;
}

const reason = await missing();

Deno.test({
  name: `V8 makes every hot function 256 bits wide${reason === null ? "" : `: left out, ${reason}`}`,
  ignore: reason !== null,
  fn: async (t) => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-prompt", "--allow-read", "--allow-env", "--allow-sys", "--allow-ffi=node_modules"],
        `--v8-flags=${traceFlags.join(",")}`,
        fromFileUrl(new URL("./hot_job.ts", import.meta.url)),
      ],
      cwd: root,
    }).output();
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    const found = vectorisedFunctions(new TextDecoder().decode(stdout));
    if (found.size === 0) {
      return void await t.step({ name: "left out: this processor has no AVX2", ignore: true, fn: () => {} });
    }
    assertEquals(hot.filter((name) => !((found.get(name) ?? 0) > 0)), []);
  },
});

Deno.test("vectorisedFunctions() tells which functions were left at 128 bits", () => {
  const trace =
    "Begin revec function a/assembly/b/c<f32,u16>\nRevec: Empty seed\nBegin revec function wasm-function#7\n" +
    "Revec: Print 1640: Decided to vectorize, 28 revectorizable nodes:\n" +
    "Revec: Print 1644: Decided to vectorize, 0 revectorizable intersect nodes:\n";
  assertEquals([...vectorisedFunctions(trace)], [["b/c<f32,u16>", 0], ["wasm-function#7", 28]]);
});
