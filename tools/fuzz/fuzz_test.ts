import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import process from "node:process";
import { fuzz } from "./fuzz.ts";
import { type FuzzTarget, must } from "./fuzz_target.ts";
import { fuzzTargets } from "./targets.ts";

const runs = 2000;

for (const target of fuzzTargets) {
  Deno.test(`every file gives ${target.name} a sound value or a documented error`, async () => {
    const { accepted, refused, failure } = await fuzz(target, { runs, seed: 20_261_121 });
    assertEquals(failure && `${failure.reason}: ${failure.bytes.toHex()}`, undefined);
    assertEquals(accepted + refused, runs);
    // So that files get deep into the reader, and that faults are among them.
    assert(accepted >= runs / 20 && refused >= runs / 20, `accepted ${accepted}, refused ${refused}`);
  });
}

Deno.test("fuzzTargets have names of their own", () => {
  assertEquals(new Set(fuzzTargets.map(({ name }) => name)).size, fuzzTargets.length);
});

/** A target of files of up to 8 bytes. */
function toy(read: FuzzTarget["read"]): FuzzTarget {
  return { name: "toy", files: fc.uint8Array({ maxLength: 8 }), errors: [RangeError], read };
}

/** Where a file has a byte above 200. */
function high(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte > 200);
}

const held: Uint8Array[] = [];

const faults: [string, FuzzTarget["read"], string][] = [
  ["another error", (bytes) => {
    if (high(bytes)) throw new TypeError("x is undefined");
  }, "what is thrown is a RangeError: it is TypeError: x is undefined"],
  ["what is no error", (bytes) => {
    if (high(bytes)) throw undefined;
  }, "what is thrown is an error"],
  ["a message of two lines", (bytes) => {
    if (high(bytes)) throw new RangeError("a\nb");
  }, 'a message is one line: it is "a\\nb"'],
  ["a message of the engine", (bytes) => {
    if (high(bytes)) throw new RangeError("Invalid array length");
  }, "a message says what is wrong with the file"],
  [
    "a value that breaks a promise",
    (bytes) => must(!high(bytes), "bytes are low"),
    "Broken promise: bytes are low",
  ],
  ["a file outside the folder", (bytes, folder) => {
    if (high(bytes)) Deno.writeFileSync(`${folder}/../evil`, bytes);
  }, "nothing is written outside the folder: there is evil"],
  ["a link", (bytes, folder) => {
    if (high(bytes)) Deno.symlinkSync("/", `${folder}/link`);
  }, "no link is written: there is link"],
  ["absurd memory", (bytes) => {
    if (high(bytes)) held.push(new Uint8Array(2 ** 26));
  }, "bytes of memory: it took 6"],
];

Deno.test("fuzz() finds a fault and the smallest file of it", async (t) => {
  for (const [name, read, reason] of faults) {
    await t.step(name, async () => {
      const { failure } = await fuzz(toy(read), { runs: 200, seed: 1 });
      assertStringIncludes(failure?.reason ?? "", reason);
      held.length = 0;
      assertEquals(failure?.bytes, Uint8Array.of(201));
    });
  }
});

Deno.test("fuzz() finds a reader that takes too long", async () => {
  const slow = toy(() => {
    // As long by the processor as by the clock: both must say so.
    const [end, start] = [performance.now() + 30, process.cpuUsage()];
    while (performance.now() < end || process.cpuUsage(start).user < 30_000);
  });
  const { failure } = await fuzz({ ...slow, files: fc.constant(new Uint8Array()) }, {
    runs: 1,
    seed: 1,
    limitMs: 20,
  });
  assertStringIncludes(failure?.reason ?? "", "reading takes at most 20 ms");
});

Deno.test("fuzz() counts what is accepted and refused, the same for the same seed", async () => {
  const target = toy((bytes) => {
    if (bytes.length > 4) throw new RangeError("Too long");
  });
  const counts = async () => {
    const { accepted, refused, failure } = await fuzz(target, { runs: 300, seed: 7 });
    return [accepted, refused, failure];
  };
  const [accepted, refused, failure] = await counts();
  assertEquals([Number(accepted) + Number(refused), failure], [300, undefined]);
  assertEquals(await counts(), [accepted, refused, failure]);
});
