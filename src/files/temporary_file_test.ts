import { assertEquals, assertThrows } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { UsageError } from "../errors.ts";
import { PartFile } from "./part_file.ts";
import { removeAbandoned, TemporaryFile } from "./temporary_file.ts";
import { inFolder } from "./test_helpers.ts";
import { writeWhole } from "./write_whole.ts";

const namesIn = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

const modeOf = (path: string) => Deno.statSync(path).mode! & 0o777;

/** Both ways to write a file. */
const writers: Readonly<Record<string, (path: string, text: string) => Promise<void> | void>> = {
  "writeWhole()": writeWhole,
  "PartFile": async (path, text) => {
    using file = await PartFile.create(path);
    await file.write(new TextEncoder().encode(text));
    await file.commit();
  },
};

async function reasonFor(act: () => Promise<void> | void): Promise<string> {
  try {
    await act();
    return "written";
  } catch (error) {
    return error instanceof UsageError ? error.message : `no UsageError: ${error}`;
  }
}

for (const [name, write] of Object.entries(writers)) {
  Deno.test(
    `${name} writes through symbolic links, also through those to nothing yet`,
    inFolder(async (folder) => {
      for (const sub of ["real", "links"]) await Deno.mkdir(`${folder}/${sub}`);
      await Deno.writeTextFile(`${folder}/real/file`, "old");
      await Deno.symlink("../real/file", `${folder}/links/direct`);
      await Deno.symlink("direct", `${folder}/links/twice`);
      await Deno.symlink("../real/new", `${folder}/links/dangling`);
      await Deno.symlink("links", `${folder}/folder`);
      await write(`${folder}/links/direct`, "first");
      assertEquals(await Deno.readTextFile(`${folder}/real/file`), "first");
      await write(`${folder}/folder/twice`, "second");
      await write(`${folder}/links/dangling`, "third");
      assertEquals(await Deno.readTextFile(`${folder}/real/file`), "second");
      assertEquals(await Deno.readTextFile(`${folder}/real/new`), "third");
      assertEquals(
        (await Array.fromAsync(Deno.readDir(`${folder}/links`))).filter(({ isSymlink }) => !isSymlink),
        [],
      );
      assertEquals(namesIn(`${folder}/real`), ["file", "new"]);
    }),
  );

  Deno.test(
    `${name} keeps the mode of what it replaces`,
    inFolder(async (folder) => {
      for (const mode of [0o600, 0o640, 0o666, 0o755]) {
        const path = `${folder}/${mode}`;
        await Deno.writeTextFile(path, "old");
        await Deno.chmod(path, mode);
        await write(path, "new");
        assertEquals([await Deno.readTextFile(path), modeOf(path)], ["new", mode]);
      }
      await Deno.writeTextFile(`${folder}/plain`, "");
      await write(`${folder}/fresh`, "");
      assertEquals(modeOf(`${folder}/fresh`), modeOf(`${folder}/plain`));
    }),
  );

  Deno.test(
    `${name} refuses a folder, a pipe, a device and a circle of links, in words`,
    inFolder(async (folder) => {
      await Deno.mkdir(`${folder}/folder`);
      await new Deno.Command("mkfifo", { args: [`${folder}/pipe`] }).output();
      await Deno.symlink("b", `${folder}/a`);
      await Deno.symlink("a", `${folder}/b`);
      const reasons = await Promise.all([
        ...["folder", "pipe", "a", "none/file"].map((part) => `${folder}/${part}`),
        "/dev/null",
      ].map((path) => reasonFor(() => write(path, "text"))));
      assertEquals(reasons, [
        `Cannot write ${folder}/folder: it is a folder; give the name of a file`,
        `Cannot write ${folder}/pipe: it is a pipe; give the name of a file`,
        `Cannot write ${folder}/a: more than 40 symbolic links lead on from it`,
        `Cannot write ${folder}/none/file: there is no such file or folder`,
        "Cannot write /dev/null: it is a device; give the name of a file",
      ]);
      assertEquals((await Deno.stat(`${folder}/pipe`)).isFifo, true);
      assertEquals((await Deno.stat("/dev/null")).isCharDevice, true);
      assertEquals(namesIn(folder), ["a", "b", "folder", "pipe"]);
    }),
  );

  Deno.test(
    `${name} takes away what a process left that was killed while it wrote there`,
    inFolder(async (folder) => {
      const path = `${folder}/file`;
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "--quiet", "--no-prompt", "--config", config, "--allow-read", "--allow-write", "-"],
        stdin: "piped",
        stdout: "piped",
      }).spawn();
      const input = child.stdin.getWriter();
      await input.write(new TextEncoder().encode(
        `import { TemporaryFile } from ${JSON.stringify(import.meta.resolve("./temporary_file.ts"))};
const file = TemporaryFile.create(${JSON.stringify(path)});
file.file.writeSync(new Uint8Array(100));
console.log("written");
setInterval(() => file, 1000);
`,
      ));
      await input.close();
      const output = child.stdout.getReader();
      await output.read();
      // As long as it lives, its file stays.
      await write(path, "beside it");
      assertEquals(namesIn(folder), ["file", "file.0.part"]);
      child.kill("SIGKILL");
      await child.status;
      await output.cancel();
      await write(path, "after it");
      assertEquals([await Deno.readTextFile(path), namesIn(folder)], ["after it", ["file"]]);
    }),
  );
}

Deno.test(
  "TemporaryFile takes away every file that nobody holds, and none that somebody does",
  inFolder((folder) => {
    const path = `${folder}/file`;
    for (const number of [0, 2, 3]) Deno.writeTextFileSync(`${path}.${number}.part`, "left");
    const first = TemporaryFile.create(path);
    assertEquals(namesIn(folder), ["file.0.part", "file.2.part", "file.3.part"]);
    const second = TemporaryFile.create(path);
    assertEquals(namesIn(folder), ["file.0.part", "file.1.part"]);
    Deno.writeTextFileSync(`${folder}/other.77.part`, "left");
    Deno.writeTextFileSync(`${folder}/film.part`, "of somebody else");
    removeAbandoned(folder);
    assertEquals(namesIn(folder), ["file.0.part", "file.1.part", "film.part"]);
    first.file.writeSync(Uint8Array.of(49));
    second.file.writeSync(Uint8Array.of(50));
    second.commit();
    first.commit();
    assertEquals([Deno.readTextFileSync(path), namesIn(folder)], ["1", ["file", "film.part"]]);
    removeAbandoned(`${folder}/none`);
  }),
);

Deno.test(
  "TemporaryFile does not replace a file that may not be written",
  inFolder((folder) => {
    const path = `${folder}/file`;
    Deno.writeTextFileSync(path, "kept");
    Deno.chmodSync(path, 0o444);
    // Root may write every file.
    if (Deno.uid() === 0) return;
    assertThrows(() => TemporaryFile.create(path), Deno.errors.PermissionDenied);
    assertEquals(namesIn(folder), ["file"]);
  }),
);

const config = fromFileUrl(import.meta.resolve("../../deno.json"));

Deno.test(
  "TemporaryFile.create() lets nobody read what the old file does not, from the first byte on",
  inFolder(async (folder) => {
    const path = `${folder}/file`;
    await Deno.writeTextFile(path, "old");
    await Deno.chmod(path, 0o600);
    using _file = TemporaryFile.create(path);
    const [temporary] = namesIn(folder).filter((name) => name !== "file");
    assertEquals(modeOf(`${folder}/${temporary}`), 0o600);
  }),
);
