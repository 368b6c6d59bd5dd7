/**
 * Makes a small git repository of loose objects, without git, for tests of what reads one.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";

/** The files of a commit: texts, and folders of them. */
export interface Files {
  readonly [name: string]: string | Files;
}

/** Writes an object, and gives its id. */
function writeObject(root: string, type: string, content: Uint8Array): string {
  const whole = new Uint8Array([...new TextEncoder().encode(`${type} ${content.length}\0`), ...content]);
  const id = createHash("sha1").update(whole).digest("hex");
  const folder = `${root}/.git/objects/${id.slice(0, 2)}`;
  Deno.mkdirSync(folder, { recursive: true });
  Deno.writeFileSync(`${folder}/${id.slice(2)}`, deflateSync(whole));
  return id;
}

function writeTree(root: string, files: Files): string {
  const entries = Object.entries(files).sort(([a], [b]) => a < b ? -1 : 1).flatMap(([name, content]) => {
    const isText = typeof content === "string";
    const id = isText
      ? writeObject(root, "blob", new TextEncoder().encode(content))
      : writeTree(root, content);
    return [
      ...new TextEncoder().encode(`${isText ? "100644" : "40000"} ${name}\0`),
      ...Uint8Array.fromHex(id),
    ];
  });
  return writeObject(root, "tree", new Uint8Array(entries));
}

/**
 * Commits states of a project one after the other, a day apart from the 1st of January 2026, and checks the last one out.
 *
 * @param root The folder of the project.
 * @param states The files of each commit.
 * @returns The ids of the commits.
 */
export function commitStates(root: string, states: readonly Files[]): string[] {
  const ids: string[] = [];
  for (const [i, files] of states.entries()) {
    const seconds = Date.UTC(2026, 0, 1 + i, 12) / 1000;
    const parent = i === 0 ? "" : `parent ${ids[i - 1]}\n`;
    const who = `A <a@example.org> ${seconds} +0000`;
    const text = `tree ${writeTree(root, files)}\n${parent}author ${who}\ncommitter ${who}\n\nstate ${i}\n`;
    ids.push(writeObject(root, "commit", new TextEncoder().encode(text)));
  }
  Deno.writeTextFileSync(`${root}/.git/HEAD`, `${ids.at(-1)}\n`);
  writeFiles(root, states.at(-1)!);
  return ids;
}

function writeFiles(folder: string, files: Files): void {
  Deno.mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    if (typeof content === "string") Deno.writeTextFileSync(`${folder}/${name}`, content);
    else writeFiles(`${folder}/${name}`, content);
  }
}
