import { join } from "@std/path";
import os from "node:os";
import { ifThere } from "../../files/if_there.ts";
import { differsFromCommit } from "./differs_from_commit.ts";
import type { Environment } from "./results.ts";

/** The part of the environment that is known when a run starts. */
export type Machine = Omit<Environment, "startedAt" | "elapsedMs" | "data">;

/**
 * Describes this machine and this checkout.
 *
 * @param root The root of the project, for the commit.
 * @param threads The number of workers of the run.
 */
export function describeMachine(root: string, threads: number): Machine {
  const cpus = os.cpus();
  const commit = readCommit(root);
  const v8Flags = readV8Flags();
  return {
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    ...(v8Flags.length === 0 ? {} : { v8Flags }),
    tfjs: tfjsVersion(root),
    backend: "wasm",
    simd: true,
    threads,
    cpu: cpus[0]?.model ?? "unknown",
    cores: Math.max(1, cpus.length),
    os: `${Deno.build.os} ${Deno.osRelease()}`,
    arch: Deno.build.arch,
    commit,
    dirty: differsFromCommit(root, commit),
  };
}

/** What `DENO_V8_FLAGS` tells the engine, as `deno task reproduce:fast` does. */
function readV8Flags(): readonly string[] {
  return (Deno.env.get("DENO_V8_FLAGS") ?? "").split(",").filter((flag) => flag !== "");
}

/** The version of tfjs that the project pins; `null` where it pins none. */
function tfjsVersion(root: string): string | null {
  const { imports } = JSON.parse(readIfThere(join(root, "deno.json")) ?? "{}") as {
    readonly imports?: Readonly<Record<string, string>>;
  };
  return imports?.["@tensorflow/tfjs-core"]?.split("@").at(-1) ?? null;
}

/** The commit that is checked out, read from the files of git; `null` outside a checkout, or where they name none. */
export function readCommit(root: string): string | null {
  const head = readIfThere(join(root, ".git", "HEAD"));
  const ref = /^ref: (.+)$/.exec(head ?? "")?.[1];
  const commit = ref === undefined ? head : readIfThere(join(root, ".git", ref)) ?? packedRef(root, ref);
  return commit !== null && /^[0-9a-f]{40}$/.test(commit) ? commit : null;
}

function packedRef(root: string, ref: string): string | null {
  const packed = readIfThere(join(root, ".git", "packed-refs")) ?? "";
  const line = packed.split("\n").find((entry) => entry.endsWith(` ${ref}`));
  return line?.split(" ")[0] ?? null;
}

function readIfThere(path: string): string | null {
  return ifThere(() => Deno.readTextFileSync(path).trim(), null);
}
