import type { AuditOptions } from "./audited_run.ts";

/** One run of a task: its arguments, its exit status, and what it may touch, relative to the project. */
export interface Run extends Omit<AuditOptions, "folder"> {
  readonly task: string;
  readonly args: readonly string[];
  readonly status: number;
}

/** How the canvas finds out which C library this is. */
const libc = "/usr/bin/ldd";
/** What describes this machine and this checkout, and tells whether its code is that of the commit. */
const checkout = ["deno.json", "deno.lock", "scripts", ".git"];
/** What is hashed of the reproductions that run. */
const sources = ["src", "reproductions"];

/**
 * At least one run of every task for users, each on what those before it wrote.
 *
 * @param folder One that `prepareAudit` has filled.
 * @param visit Gets the address of the page that `view` serves.
 */
export function auditedRuns(folder: string, visit: (url: string) => Promise<void>): readonly Run[] {
  const [copy, kernels] = [`${folder}/copy`, `${folder}/kernels`];
  const results = `${folder}/out/results.json`;
  const data = `${folder}/data`;
  const fetchData = (id: string): Run => ({
    task: "fetch-data",
    args: [id],
    env: { REPRODUCE_DATA: data },
    status: 3,
    reads: ["src/data", data],
    writes: [data],
  });
  return [
    {
      task: "reproduce",
      args: ["scattering_energy", "--profile", "smoke", "--out", "out"],
      status: 0,
      reads: ["golden", ...sources, "scripts/job_worker.ts", ...checkout, libc, `${folder}/out`],
      writes: [`${folder}/out`],
    },
    {
      // A damaged data set: it is read, and an earlier run looked for; nothing is asked for in its place, and nothing is written.
      task: "reproduce",
      args: ["mnist_scattering", "--offline", "--data", "damaged", "--out", "none"],
      status: 3,
      reads: ["golden", ...sources, ...checkout, `${folder}/damaged`, `${folder}/none`],
    },
    ...["caltech-101", "mnist", "cifar-10", "lm"].map(fetchData),
    { task: "verify", args: [results], status: 0, reads: ["golden", results] },
    { task: "explain", args: ["table1/J=3/m=1"], status: 0, reads: ["golden"] },
    { task: "compare", args: ["out", results], status: 0, reads: [`${folder}/out`] },
    {
      task: "merge",
      args: ["out", "--out", "merged"],
      status: 0,
      // The folder of what is not there yet: whether it is one of the shards by another name.
      reads: ["golden", ...sources, ...checkout, libc, folder],
      writes: [`${folder}/merged`],
    },
    {
      task: "accept",
      args: ["scattering_energy", "--profile", "smoke"],
      status: 0,
      // The sources too: whether it is by this code that the results were measured.
      reads: ["golden", results, ...sources],
      writes: ["golden/baseline"],
      project: copy,
    },
    {
      task: "readme",
      args: [],
      status: 0,
      // Beside each file that is written, the one under its temporary name, and what a run that was killed left of it.
      reads: ["golden", "reproductions", "README.md", "README.md.0.part", "README.md.1.part", "docs"],
      writes: ["README.md", "README.md.0.part", "docs"],
      project: copy,
    },
    {
      task: "sbom",
      args: ["--out", "bill.json"],
      status: 0,
      reads: ["deno.json", "deno.lock", "node_modules", "src", "scripts", "reproductions", "tools", folder],
      writes: [folder],
    },
    { task: "schema", args: [], status: 0, reads: ["docs"], writes: ["docs"], project: copy },
    {
      task: "clean",
      args: ["--out", "merged"],
      status: 0,
      reads: ["data", `${folder}/merged`],
      writes: ["data", `${folder}/merged/cache`],
      project: copy,
    },
    {
      task: "view",
      args: ["--port", "0"],
      status: 0,
      reads: [`${folder}/out`],
      until: {
        text: "Ctrl-C",
        visit: (text) => visit(/http:\S+/.exec(text)![0]),
      },
    },
    {
      task: "scatter",
      args: ["in.npy", "scattered/out.npy", "--J", "2", "--max-order", "1", "--threads", "2"],
      status: 0,
      reads: ["src", `${folder}/in.npy`, `${folder}/scattered`],
      writes: [`${folder}/scattered`],
    },
    {
      task: "synthesise",
      args: ["texture.npy", "scattered/texture.npy", "--iterations", "2", "--threads", "2"],
      status: 0,
      reads: ["src", `${folder}/texture.npy`, `${folder}/scattered`],
      writes: [`${folder}/scattered`],
    },
    {
      task: "sinks",
      args: ["--model", "model", "--prompt", "prompt.txt"],
      status: 0,
      reads: [
        "src",
        "scripts",
        "node_modules/.deno",
        `${folder}/model`,
        `${folder}/prompt.txt`,
      ],
    },
    {
      task: "wasm",
      args: [],
      status: 0,
      reads: ["src", "reproductions", "asconfig.json"],
      writes: ["src", "reproductions"],
      project: kernels,
    },
    {
      task: "wasm",
      args: ["--check"],
      status: 0,
      reads: ["src", "reproductions", "asconfig.json"],
      project: kernels,
    },
  ];
}
