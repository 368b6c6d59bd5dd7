import { dirname } from "@std/path";
import { writeModelFolder } from "../../src/transformers/formats/test_helpers.ts";
import { tinyConfig } from "../../src/transformers/model/tiny_config.ts";
import { writeNpy } from "../../src/data/readers/npy/write_npy.ts";
import { root } from "../../scripts/lib/test_helpers.ts";

/**
 * Makes what the audited runs of the tasks start from: input files of a user, and two projects that may be written to.
 * These are links to this project, but `copy` has its own golden files, README and docs, and `kernels` has kernels that
 * are compiled at once.
 *
 * @param folder Where all of it goes.
 */
export async function prepareAudit(folder: string): Promise<void> {
  await writeText(`${folder}/damaged/mnist/train-images-idx3-ubyte.gz`, "damaged");
  await writeText(`${folder}/prompt.txt`, "a cat, a dog. is it?\nyes, it is.");
  await Deno.writeFile(`${folder}/in.npy`, writeNpy(new Float32Array(784).fill(1), [1, 28, 28]));
  const texture = Float32Array.from({ length: 1024 }, (_, i) => Math.sin(i * i));
  await Deno.writeFile(`${folder}/texture.npy`, writeNpy(texture, [32, 32]));
  for (const name of ["model", "scattered"]) await Deno.mkdir(`${folder}/${name}`);
  await writeModelFolder(`${folder}/model`, tinyConfig("qwen2"), { type: "BF16", shards: 2 });

  const copy = `${folder}/copy`;
  await linkEntries(root, copy, ["golden", "docs", "README.md", "data", "out"]);
  await writeText(`${copy}/data/broken-off.part`, "");
  await Deno.mkdir(`${copy}/docs`);
  const golden = (await Array.fromAsync(Deno.readDir(`${root}golden`))).filter(({ isFile }) => isFile);
  for (const name of ["README.md", "docs/slides.csv", ...golden.map(({ name }) => `golden/${name}`)]) {
    await writeText(`${copy}/${name}`, await Deno.readTextFile(`${root}${name}`));
  }

  const kernels = `${folder}/kernels`;
  await linkEntries(root, kernels, ["src", "reproductions", "data", "out"]);
  for (const name of ["src", "reproductions"]) await mirrorKernels(`${root}${name}`, `${kernels}/${name}`);
}

/** Makes a folder in which the sources of kernels are short ones, and all else is linked. */
async function mirrorKernels(from: string, to: string): Promise<void> {
  const folders = (await Array.fromAsync(Deno.readDir(from))).filter(({ isDirectory }) => isDirectory);
  const own = folders.map(({ name }) => name).filter((name) => hasKernel(`${from}/${name}`));
  await linkEntries(from, to, own);
  for (const name of own) {
    if (name !== "assembly") {
      await mirrorKernels(`${from}/${name}`, `${to}/${name}`);
      continue;
    }
    for await (const source of Deno.readDir(`${from}/${name}`)) {
      await writeText(`${to}/${name}/${source.name}`, "export function one(): i32 { return 1; }\n");
    }
  }
}

/** Whether a folder is one of sources of a kernel, or holds such a folder. */
function hasKernel(folder: string): boolean {
  return folder.endsWith("/assembly") ||
    [...Deno.readDirSync(folder)].some(({ name, isDirectory }) =>
      isDirectory && hasKernel(`${folder}/${name}`)
    );
}

/** Makes a folder with a link to each entry of another, but some; kernels are left out, since they are written. */
async function linkEntries(from: string, to: string, without: readonly string[]): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name } of Deno.readDir(from)) {
    if (without.includes(name) || name.endsWith(".wasm")) continue;
    await Deno.symlink(`${from}/${name}`, `${to}/${name}`);
  }
}

async function writeText(path: string, text: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, text);
}
