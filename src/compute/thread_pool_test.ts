import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { ThreadPool } from "./thread_pool.ts";

/**
 * (module
 *   (import "env" "memory" (memory 1 1 shared))
 *   (func (export "mark") (param $item i32) (param $thread i32) (param $step i32)
 *     (i32.store8 (local.get $item) (i32.add (i32.load8_u (local.get $item)) (local.get $step)))))
 */
const code = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x07, 0x01, 0x60, 0x03, 0x7f, 0x7f, 0x7f, 0x00],
  ...[
    0x02,
    0x10,
    0x01,
    0x03,
    0x65,
    0x6e,
    0x76,
    0x06,
    0x6d,
    0x65,
    0x6d,
    0x6f,
    0x72,
    0x79,
    0x02,
    0x03,
    0x01,
    0x01,
  ],
  ...[0x03, 0x02, 0x01, 0x00],
  ...[0x07, 0x08, 0x01, 0x04, 0x6d, 0x61, 0x72, 0x6b, 0x00, 0x00],
  ...[0x0a, 0x11, 0x01, 0x0f, 0x00, 0x20, 0x00, 0x20, 0x00, 0x2d, 0x00, 0x00],
  ...[0x20, 0x02, 0x6a, 0x3a, 0x00, 0x00, 0x0b],
);
const module = new WebAssembly.Module(code);
const pageMemory = () => new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
const pageBytes = 65_536;

for (const threads of [1, 2, 3]) {
  Deno.test(`ThreadPool with ${threads} threads runs every item of every job once`, async () => {
    using pool = new ThreadPool(threads);
    const memory = pageMemory();
    const kernel = await pool.attach(module, memory);
    for (let job = 0; job < 200; job++) kernel.run("mark", 1 + 7 * job, 1);
    const expected = Array.from({ length: 1400 }, (_, item) => 199 - Math.ceil(item / 7) + 1);
    assertEquals([...new Uint8Array(memory.buffer).slice(0, 1394)], expected.slice(0, 1394));
  });
}

Deno.test("ThreadPool wakes threads that went to sleep", async () => {
  using pool = new ThreadPool(2);
  const memory = pageMemory();
  const kernel = await pool.attach(module, memory);
  for (let job = 0; job < 3; job++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    kernel.run("mark", pageBytes, 2);
  }
  assertEquals(new Uint8Array(memory.buffer).every((byte) => byte === 6), true);
});

Deno.test("ThreadPool runs several kernels, each on its own memory", async () => {
  using pool = new ThreadPool(2);
  const memories = [pageMemory(), pageMemory(), pageMemory()];
  const kernels = await Promise.all(memories.map((memory) => pool.attach(module, memory)));
  kernels.forEach((kernel, i) => kernel.run("mark", pageBytes, i + 1));
  kernels.forEach((kernel) => kernel.run("mark", pageBytes, 10));
  const sums = memories.map((memory) => new Uint8Array(memory.buffer).reduce((sum, byte) => sum + byte, 0));
  assertEquals(sums, [11, 12, 13].map((mark) => mark * pageBytes));
});

Deno.test("ThreadPool reports an item that fails, and goes on with the next job", async () => {
  using pool = new ThreadPool(2);
  const memory = pageMemory();
  const kernel = await pool.attach(module, memory);
  // The items beyond the memory trap, on the main thread or in the worker.
  assertThrows(() => kernel.run("mark", pageBytes + 1000, 1), Error);
  new Uint8Array(memory.buffer).fill(0);
  kernel.run("mark", pageBytes, 1);
  assertEquals(new Uint8Array(memory.buffer).every((byte) => byte === 1), true);
});

Deno.test("ThreadPool refuses what it cannot do", async (t) => {
  using pool = new ThreadPool(1);
  const kernel = await pool.attach(module, pageMemory());
  await t.step("no threads", () => {
    const rule = "their number must be an integer >= 1: current value is 0";
    assertThrows(() => new ThreadPool(0), RangeError, rule);
  });
  await t.step("unknown function", () => {
    assertThrows(() => kernel.run("erase", 1), RangeError, "Cannot run erase: the kernel has mark");
  });
  await t.step("too many arguments", () => {
    assertThrows(() => kernel.run("mark", 1, ...Array(9).fill(0)), RangeError, "at most 8");
  });
  await t.step("disposed of", async () => {
    pool.dispose();
    assertThrows(() => kernel.run("mark", 1, 1), Error, "the thread pool is disposed of");
    await assertRejects(() => pool.attach(module, pageMemory()), Error, "the thread pool is disposed of");
  });
});
