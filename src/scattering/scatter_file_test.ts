import { assertEquals, assertLess, assertRejects } from "@std/assert";
import { UsageError } from "../errors.ts";
import { inFolder } from "../files/test_helpers.ts";
import { readNpy } from "../data/readers/npy/read_npy.ts";
import { writeNpy } from "../data/readers/npy/write_npy.ts";
import { scatterFile } from "./scatter_file.ts";
import { Scattering2D } from "./scattering_2d.ts";
import { noise } from "./test_helpers.ts";

const options = { J: 2, L: 3, threads: 1 } as const;

Deno.test(
  "scatterFile() writes what Scattering2D gives, in the type and with the leading dimensions of the input",
  inFolder(async (folder, t) => {
    for (const RealArray of [Float32Array, Float64Array]) {
      await t.step(RealArray.name, async () => {
        const images = RealArray.from(noise(6 * 16 * 20, "file"));
        await Deno.writeFile(`${folder}/in.npy`, writeNpy(images, [2, 3, 16, 20]));
        const meta = `${folder}/meta.json`;
        await scatterFile(`${folder}/in.npy`, `${folder}/out.npy`, { ...options, meta });
        using scattering = new Scattering2D({ ...options, shape: [16, 20] });
        const { shape, data } = readNpy(await Deno.readFile(`${folder}/out.npy`));
        assertEquals(shape, [2, 3, ...scattering.outputShape]);
        assertEquals(data, await scattering.transform(images));
        assertEquals(JSON.parse(await Deno.readTextFile(meta)), { paths: scattering.paths() });
      });
    }
    await t.step("no temporary files are left", async () => {
      const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
      assertEquals(names, ["in.npy", "meta.json", "out.npy"]);
    });
  }),
);

Deno.test(
  "scatterFile() streams in pieces",
  inFolder(async (folder) => {
    // 700 images of 64 x 64 with 13 paths of 32 x 32 need 45 MB, more than one piece.
    const image = Float32Array.from(noise(64 * 64, "piece"));
    const images = new Float32Array(700 * image.length);
    for (let n = 0; n < 700; n++) images.set(image, n * image.length);
    await Deno.writeFile(`${folder}/in.npy`, writeNpy(images, [700, 64, 64]));
    const done: number[] = [];
    await scatterFile(`${folder}/in.npy`, `${folder}/out.npy`, {
      ...{ J: 1, L: 12, sampling: 2, maxOrder: 1, threads: 2 },
      onProgress: (count, total) => done.push(count / total),
    });
    const { data } = readNpy(await Deno.readFile(`${folder}/out.npy`));
    const size = data.length / 700;
    assertEquals(data.subarray(699 * size), data.subarray(0, size));
    assertEquals(done.at(-1), 1);
    assertEquals(done, done.toSorted((a, b) => a - b));
    // An image of the second piece is called by its number in the file.
    images[699 * image.length + 5] = NaN;
    await Deno.writeFile(`${folder}/in.npy`, writeNpy(images, [700, 64, 64]));
    await assertRejects(
      () =>
        scatterFile(`${folder}/in.npy`, `${folder}/out.npy`, {
          ...{ J: 1, L: 12, sampling: 2, maxOrder: 1, threads: 2 },
        }),
      UsageError,
      "Cannot transform image 699 as every pixel must be finite: current value of pixel 5 is NaN",
    );
  }),
);

Deno.test(
  "scatterFile() writes what Scattering2D gives for large images, which come path by path",
  inFolder(async (folder) => {
    const images = Float32Array.from(noise(2 * 512 * 520, "large"));
    await Deno.writeFile(`${folder}/in.npy`, writeNpy(images, [2, 512, 520]));
    const chosen = { J: 4, L: 2, threads: 2 } as const;
    const done: number[] = [];
    await scatterFile(`${folder}/in.npy`, `${folder}/out.npy`, {
      ...chosen,
      onProgress: (count) => done.push(count),
    });
    using scattering = new Scattering2D({ ...chosen, shape: [512, 520] });
    const { shape, data } = readNpy(await Deno.readFile(`${folder}/out.npy`));
    assertEquals(shape, [2, ...scattering.outputShape]);
    assertEquals(data, await scattering.transform(images));
    // How far it is within an image is told.
    assertEquals([done.at(-1), done.filter((count) => count % 1 !== 0).length > 40], [2, true]);
  }),
);

Deno.test(
  "scatterFile() refuses what it cannot read, transform or write, and leaves nothing behind",
  inFolder(async (folder, t) => {
    const ones = new Float32Array(2 * 256).fill(1);
    const whole = writeNpy(ones, [2, 16, 16]);
    const fortran = whole.slice();
    fortran.set(new TextEncoder().encode("True "), new TextDecoder("latin1").decode(whole).indexOf("False"));
    const nan = ones.slice();
    nan[256 + 3] = NaN;
    const files: Record<string, Uint8Array> = {
      "good.npy": whole,
      "short.npy": whole.subarray(0, -3),
      "head.npy": whole.subarray(0, 60),
      "fortran.npy": fortran,
      "nan.npy": writeNpy(nan, [2, 16, 16]),
      "empty.npy": writeNpy(new Float32Array(0), [0, 16, 16]),
      "row.npy": writeNpy(ones, [512]),
      "integers.npy": writeNpy(new BigInt64Array(256).with(7, 2n ** 53n + 1n), [16, 16]),
      "colour.npy": writeNpy(new Uint8Array(32 * 32 * 3), [32, 32, 3]),
      "pointer.npy": new TextEncoder().encode("version https://git-lfs.github.com/spec/v1\noid sha256:01\n"),
    };
    for (const [name, bytes] of Object.entries(files)) await Deno.writeFile(`${folder}/${name}`, bytes);
    await Deno.mkdir(`${folder}/folder`);
    await Deno.symlink("good.npy", `${folder}/link.npy`);
    await new Deno.Command("mkfifo", { args: [`${folder}/pipe`] }).output();
    const cases: [string, string, string, object, string][] = [
      ["no input", "none.npy", "out.npy", {}, "none.npy: there is no such file or folder"],
      ["input is a folder", "folder", "out.npy", {}, "folder: it is a folder"],
      [
        "truncated",
        "short.npy",
        "out.npy",
        {},
        "shape (2, 16, 16) of 4 bytes each takes 2048 bytes, but it holds 2045",
      ],
      ["truncated header", "head.npy", "out.npy", {}, "it ends inside the header, after 60 of 128 bytes"],
      ["Fortran order", "fortran.npy", "out.npy", {}, "Fortran order"],
      [
        "integers",
        "integers.npy",
        "out.npy",
        {},
        "element 7 is 9007199254740993: round them",
      ],
      [
        "channels last",
        "colour.npy",
        "out.npy",
        {},
        "(32, 32, 3), whose last axis seems to be channels: move it",
      ],
      [
        "channels last where they are wide enough",
        "colour.npy",
        "out.npy",
        { J: 1 },
        "the last two axes must be rows",
      ],
      ["no .npy file", "pointer.npy", "out.npy", {}, "pointer.npy: it is a Git LFS pointer"],
      ["a pipe", "pipe", "out.npy", {}, "pipe: it is a pipe or a device"],
      ["output is the input", "good.npy", "good.npy", {}, "for OUT: it must be another one than IN"],
      [
        "output is the input by a link",
        "good.npy",
        "link.npy",
        {},
        "for OUT: it must be another one than IN",
      ],
      [
        "list is the output",
        "good.npy",
        "out.npy",
        { meta: `${folder}/out.npy` },
        "for --meta: it must be another",
      ],
      [
        "list is the input",
        "good.npy",
        "out.npy",
        { meta: `${folder}/good.npy` },
        "for --meta: it must be another",
      ],
      [
        "more paths than there may be",
        "good.npy",
        "out.npy",
        { J: 4, L: 999 },
        "current values are 5992003 paths",
      ],
      ["no images", "empty.npy", "out.npy", {}, "with at least one image: current shape is (0, 16, 16)"],
      ["one axis", "row.npy", "out.npy", {}, "the shape must be (..., height, width)"],
      ["NaN", "nan.npy", "out.npy", {}, "Cannot transform image 1 as every pixel must be finite"],
      ["J too large", "good.npy", "out.npy", { J: 5 }, "2^J must be <= the smaller side (16)"],
      ["output is a folder", "good.npy", "folder", {}, "folder: it is a folder; give the name of a file"],
      ["output in no folder", "good.npy", "none/out.npy", {}, "out.npy: there is no such file or folder"],
      ["list is a folder", "good.npy", "out.npy", { meta: `${folder}/folder` }, "folder: it is a folder"],
    ];
    for (const [name, input, output, more, message] of cases) {
      await t.step(name, async () => {
        const run = () => scatterFile(`${folder}/${input}`, `${folder}/${output}`, { ...options, ...more });
        await assertRejects(run, UsageError, message);
        const left = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
        assertEquals(left, [...Object.keys(files), "folder", "link.npy", "pipe"].sort());
      });
    }
  }),
);

Deno.test(
  "scatterFile() leaves nothing behind when it is interrupted",
  inFolder(async (folder) => {
    await Deno.writeFile(`${folder}/in.npy`, writeNpy(new Float32Array(256).fill(1), [1, 16, 16]));
    const run = () =>
      scatterFile(`${folder}/in.npy`, `${folder}/out.npy`, { ...options, signal: AbortSignal.abort() });
    await assertRejects(run, DOMException);
    const left = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
    assertEquals(left, ["in.npy"]);
  }),
);

Deno.test(
  "scatterFile() stops in the middle of a large image, tells how far it is, and leaves nothing behind",
  inFolder(async (folder) => {
    await Deno.writeFile(
      `${folder}/in.npy`,
      writeNpy(Float32Array.from(noise(2 ** 18, "large")), [512, 512]),
    );
    const control = new AbortController();
    const done: number[] = [];
    const run = scatterFile(`${folder}/in.npy`, `${folder}/out.npy`, {
      ...{ J: 4, L: 4, threads: 1 },
      signal: control.signal,
      onProgress: (images) => {
        done.push(images);
        if (images > 0) control.abort();
      },
    });
    await assertRejects(() => run, DOMException);
    assertLess(done.at(-1)!, 1);
    const left = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
    assertEquals(left, ["in.npy"]);
  }),
);

Deno.test(
  "scatterFile() transforms numbers of every type, in the precision that holds them",
  inFolder(async (folder, t) => {
    const values = Float64Array.from(noise(16 * 16, "types"), (value) => Math.round(20 * value));
    const bigEndian = writeNpy(Float32Array.from(values), [16, 16]);
    bigEndian.set(
      new TextEncoder().encode("'>f4'"),
      new TextDecoder("latin1").decode(bigEndian).indexOf("'<f4'"),
    );
    const data = bigEndian.subarray(-1024);
    for (let at = 0; at < data.length; at += 4) data.subarray(at, at + 4).reverse();
    const files: [string, Uint8Array, "<f4" | "<f8"][] = [
      ["int8", writeNpy(Int8Array.from(values), [16, 16]), "<f4"],
      ["int16", writeNpy(Int16Array.from(values), [16, 16]), "<f4"],
      ["int32", writeNpy(Int32Array.from(values), [16, 16]), "<f8"],
      ["int64", writeNpy(BigInt64Array.from(values, BigInt), [16, 16]), "<f8"],
      ["big-endian float32", bigEndian, "<f4"],
    ];
    using scattering = new Scattering2D({ ...options, shape: [16, 16] });
    for (const [name, file, type] of files) {
      await t.step(name, async () => {
        await Deno.writeFile(`${folder}/in.npy`, file);
        await scatterFile(`${folder}/in.npy`, `${folder}/out.npy`, options);
        const found = readNpy(await Deno.readFile(`${folder}/out.npy`));
        const images = type === "<f4" ? Float32Array.from(values) : values;
        assertEquals([found.type, found.data], [type, await scattering.transform(images)]);
      });
    }
  }),
);
