/**
 * `deno task wasm`: builds the WebAssembly kernels from their AssemblyScript source. With `--check` nothing is written: the exit status
 * is 1 where a committed kernel is not what its source gives.
 *
 * @module
 */
import { main as compile } from "assemblyscript/asc";
import { writeWhole } from "../src/files/write_whole.ts";
import type { Command } from "./lib/command.ts";
import { print, root, runCommand, say } from "./lib/command_line.ts";

/** Source and result of each kernel, from the root of the project. */
const kernels = [
  { source: "src/scattering/engine/assembly/index.ts", output: "src/scattering/engine/scattering.wasm" },
  { source: "src/compute/assembly/training.ts", output: "src/compute/training.wasm" },
  { source: "src/classify/svm/assembly/index.ts", output: "src/classify/svm/svm.wasm" },
  {
    source: "src/maximum_entropy/assembly/index.ts",
    output: "src/maximum_entropy/covariances.wasm",
  },
  {
    source: "reproductions/catch_tag_release/method/assembly/index.ts",
    output: "reproductions/catch_tag_release/method/toy.wasm",
  },
];

/** Shared memory is imported, as one for all threads; nothing is static, so that they may all start in it. */
const flags = [
  ...["-O3", "--debug", "--noAssert", "--runtime", "stub", "--enable", "simd,threads"],
  ...["--importMemory", "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "65536"],
];

const options = { check: { text: "write nothing: status 1 where a kernel is not current" } } as const;

const command: Command<typeof options> = {
  task: "wasm",
  summary: "Build the WebAssembly kernels, or check them with --check",
  options,
  example: "--check",
};

await runCommand(command, async ({ options: { check } }) => {
  let isCurrent = true;
  for (const { source, output } of kernels) {
    const code = await build(source);
    const path = `${root}/${output}`;
    if (!check) {
      writeWhole(path, code);
      print(`${output}: ${code.length} bytes\n`);
    } else if (sameBytes(code, await Deno.readFile(path))) {
      print(`${output} is what its source gives\n`);
    } else {
      say(`${output} is not what its source gives: run deno task wasm`);
      isCurrent = false;
    }
  }
  return isCurrent ? 0 : 1;
});

/** Compiles one kernel in this process. */
async function build(source: string): Promise<Uint8Array> {
  let code: Uint8Array | undefined;
  const { error, stderr } = await compile([source, "--outFile", "kernel.wasm", ...flags], {
    readFile: (name: string) => {
      try {
        return Deno.readTextFileSync(`${root}/${name}`);
      } catch {
        return null; // the compiler tries several names for an import
      }
    },
    listFiles: () => [],
    writeFile: (_name: string, contents: string | Uint8Array) => {
      if (typeof contents !== "string") code = contents;
    },
  });
  if (error !== null || code === undefined) throw new Error(`Cannot compile ${source}: ${stderr}`);
  return code;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
