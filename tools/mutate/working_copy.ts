import { root } from "../../scripts/lib/command_line.ts";
import type { Mutant } from "./list_mutants.ts";

/** How tests ended. */
export interface TestOutcome {
  /** `broken` where a file could not be loaded or built, so that no test had a chance to fail. */
  readonly state: "passed" | "failed" | "hung" | "broken";
  /** The test that failed, or what went wrong. */
  readonly detail: string;
}

/** What tests read. */
const copied = ["src", "reproductions", "scripts", "golden", "deno.json", "deno.lock"];
/** Where kernels are built. */
const built = ["src", "reproductions"];
const kernelSource = /\/assembly\//;
const testFlags = [
  "--doc",
  "--no-check",
  "--fail-fast",
  "--reporter=tap",
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-sys",
  "--allow-run",
];
const buildFlags = ["--allow-read", `--allow-write=${built.join()}`, "--allow-env=CI,INIT_CWD,NO_COLOR"];
/** Neither installs nor downloads anything. */
const offline = ["--no-prompt", "--cached-only", "--node-modules-dir=manual"];

/** A copy of the project in a temporary folder, where faults do no harm. */
export class WorkingCopy {
  readonly #folder: string = Deno.makeTempDirSync({ prefix: "mutants-" });

  /** Copies the sources, and links the packages. */
  constructor() {
    for (const name of copied) copy(`${root}/${name}`, `${this.#folder}/${name}`);
    Deno.symlinkSync(`${root}/node_modules`, `${this.#folder}/node_modules`, { type: "dir" });
  }

  /**
   * Puts a fault into a file, runs tests and the examples in the file, and takes it out again.
   *
   * @param milliseconds How long the tests may run.
   */
  async testWith(
    { file, original, mutated, tests }: Mutant,
    milliseconds: number,
  ): Promise<TestOutcome> {
    const path = `${this.#folder}/${file}`;
    const text = Deno.readTextFileSync(path);
    Deno.writeTextFileSync(path, text.replace(original, () => mutated));
    try {
      if (kernelSource.test(file)) {
        const { code, stderr } = await this.#run(["run", ...offline, ...buildFlags, "scripts/build_wasm.ts"]);
        if (code !== 0) return { state: "broken", detail: stderr };
      }
      return await this.test(kernelSource.test(file) ? tests : [...tests, file], milliseconds);
    } finally {
      Deno.writeTextFileSync(path, text);
      if (kernelSource.test(file)) this.#restoreKernels();
    }
  }

  /** Runs tests; a time limit of 0 means none. */
  async test(tests: readonly string[], milliseconds = 0): Promise<TestOutcome> {
    const { code, stdout, stderr } = await this.#run(
      ["test", ...offline, ...testFlags, ...tests],
      milliseconds,
    );
    if (code === 0) return { state: "passed", detail: "" };
    if (code === undefined) return { state: "hung", detail: `no end within ${milliseconds / 1000} s` };
    const failed = /^not ok \d+ - (.*?)(?: # .*)?$/m.exec(stdout)?.[1];
    return failed === undefined
      ? { state: "broken", detail: `${stdout}${stderr}` }
      : { state: "failed", detail: failed };
  }

  /** Removes the copy. */
  [Symbol.dispose](): void {
    Deno.removeSync(this.#folder, { recursive: true });
  }

  #restoreKernels(): void {
    for (const path of built.flatMap(kernelsBelow)) {
      Deno.copyFileSync(`${root}/${path}`, `${this.#folder}/${path}`);
    }
  }

  /** The status is left out where the time limit ended the process. */
  async #run(
    args: readonly string[],
    milliseconds = 0,
  ): Promise<{ code?: number; stdout: string; stderr: string }> {
    const child = new Deno.Command("deno", {
      args: [...args],
      cwd: this.#folder,
      env: { NO_COLOR: "1" },
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    let isLate = false;
    const timer = milliseconds === 0 ? undefined : setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, milliseconds);
    const { code, stdout, stderr } = await child.output();
    clearTimeout(timer);
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { ...(isLate ? {} : { code }), stdout: decode(stdout), stderr: decode(stderr) };
  }
}

function copy(from: string, to: string): void {
  if (Deno.statSync(from).isFile) return Deno.copyFileSync(from, to);
  Deno.mkdirSync(to);
  for (const { name } of Deno.readDirSync(from)) copy(`${from}/${name}`, `${to}/${name}`);
}

function kernelsBelow(folder: string): string[] {
  return [...Deno.readDirSync(`${root}/${folder}`)].flatMap(({ name, isDirectory }) => {
    if (isDirectory) return kernelsBelow(`${folder}/${name}`);
    return name.endsWith(".wasm") ? [`${folder}/${name}`] : [];
  });
}
