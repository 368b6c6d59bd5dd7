import { resolve } from "@std/path";
import { root, type TaskOutcome } from "../../scripts/lib/test_helpers.ts";

/** One permission that a run asked for, whether it was granted or refused. */
export interface Asked {
  /** `read`, `write`, `net`, `env`, `sys`, `ffi`, `run` or `import`. */
  readonly permission: string;
  /** What for: a path, a name, an address. */
  readonly value: string;
}

/** How {@linkcode runAudited} runs a task. */
export interface AuditOptions {
  /** Where the user stands; the audit is written there. */
  readonly folder: string;
  /** Takes the place of a bare `--allow-read`: paths, relative to the project. */
  readonly reads?: readonly string[];
  /** Takes the place of a bare `--allow-write`. */
  readonly writes?: readonly string[];
  /** The project; by default this one. */
  readonly project?: string;
  /** Further environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** The run is ended by SIGTERM once it has written this; before that, `visit` gets what it has written so far. */
  readonly until?: { readonly text: string; readonly visit?: (text: string) => Promise<void> };
}

/** How an audited run ended, and what it asked for. */
export interface AuditedRun extends TaskOutcome {
  /** Each permission once. */
  readonly asked: readonly Asked[];
}

/** The command of a task, as the words of it. */
export function taskCommand(name: string, project: string = root): readonly string[] {
  const { tasks } = JSON.parse(Deno.readTextFileSync(`${project}/deno.json`));
  return tasks[name].command.split(" ");
}

/** The names that a flag of a command lists; `null` where it is bare, none where the command does not have it. */
export function listedIn(command: readonly string[], flag: string): readonly string[] | null {
  const word = command.find((one) => one === flag || one.startsWith(`${flag}=`));
  if (word === flag) return null;
  return word?.slice(flag.length + 1).split(",") ?? [];
}

/**
 * Runs a task with its own flags, but bare ones narrowed to the paths given and every host but 127.0.0.1 refused, under
 * Deno's permission audit. Narrowing does two things: what the run does, it does within those paths, and the
 * audit tells reading from writing, which it does not where all paths are allowed.
 */
export async function runAudited(
  name: string,
  args: readonly string[],
  { folder, reads = [], writes = [], project = root, env = {}, until }: AuditOptions,
): Promise<AuditedRun> {
  const audit = `${folder}/audit.jsonl`;
  const command = taskCommand(name, project);
  const remote = (listedIn(command, "--allow-net") ?? []).filter((host) => host !== "127.0.0.1");
  const words = command.slice(1).flatMap((word) => {
    if (word === "--allow-read") return reads.length === 0 ? [] : [`${word}=${reads.join()}`];
    if (word === "--allow-write") return writes.length === 0 ? [] : [`${word}=${writes.join()}`];
    return word.startsWith("--allow-net=") && remote.length > 0
      ? [word, `--deny-net=${remote.join()}`]
      : [word];
  });
  const process = new Deno.Command(Deno.execPath(), {
    args: [...words, ...args],
    cwd: project,
    env: { NO_COLOR: "1", REPRODUCE_DATA: "", INIT_CWD: folder, DENO_AUDIT_PERMISSIONS: audit, ...env },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let stopped: Promise<void> | undefined;
  const watch = (text: string) => {
    if (until === undefined || !text.includes(until.text)) return;
    stopped ??= (until.visit?.(text) ?? Promise.resolve()).finally(() => process.kill("SIGTERM"));
  };
  const [stdout, stderr, { code }] = await Promise.all([
    collect(process.stdout, watch),
    collect(process.stderr, watch),
    process.status,
  ]);
  await stopped;
  const asked = await readAudit(audit);
  await Deno.remove(audit);
  return { code, stdout, stderr, asked };
}

async function collect(stream: ReadableStream<Uint8Array>, watch: (text: string) => void): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    watch(text);
  }
  return text;
}

/** Paths are made absolute and plain: the audit has some as they were given and some as file URLs. */
async function readAudit(path: string): Promise<Asked[]> {
  const lines = new Set<string>();
  for (const line of (await Deno.readTextFile(path)).trim().split("\n")) {
    const { permission, value } = JSON.parse(line);
    const text = String(value);
    const isPath = ["read", "write", "ffi"].includes(permission);
    const plain = isPath ? resolve(text.startsWith("file://") ? new URL(text).pathname : text) : text;
    lines.add(JSON.stringify({ permission, value: plain }));
  }
  return [...lines].map((line) => JSON.parse(line));
}
