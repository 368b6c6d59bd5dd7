// What a test stands on must itself fail: checked here with node:assert, not with the module that is tested.
import nodeAssert from "node:assert/strict";
import * as own from "./assert.ts";

const refuse = (run: () => unknown, message: RegExp) =>
  nodeAssert.throws(run, (error) => error instanceof own.AssertionError && message.test(error.message));

Deno.test("assertions pass where they hold", () => {
  own.assert(1);
  own.assertEquals({ a: [1, NaN] }, { a: [1, NaN] });
  own.assertNotEquals(0, -0);
  own.assertStrictEquals(NaN, NaN);
  own.assertExists(0);
  own.assertAlmostEquals(1, 1 + 1e-8);
  own.assertAlmostEquals(Infinity, Infinity);
  own.assertGreater(2, 1);
  own.assertGreaterOrEqual(2, 2);
  own.assertLess(1, 2);
  own.assertLessOrEqual(2, 2);
  own.assertStringIncludes("abc", "b");
  own.assertMatch("abc", /^a/);
});

Deno.test("assertions fail where they do not hold, and say what was given", () => {
  refuse(() => own.assert(0), /^Failed assertion\.$/);
  refuse(() => own.assertEquals([1], [2] as number[]), /deep/);
  refuse(() => own.assertEquals(0, -0), /equal/);
  refuse(() => own.assertNotEquals([1], [1]), /not/);
  refuse(() => own.assertStrictEquals([], []), /same|equal/i);
  refuse(() => own.assertExists(null, "why"), /"null" to not be null or undefined: why/);
  refuse(() => own.assertAlmostEquals(1, 1.1), /delta "0\.1/);
  refuse(() => own.assertAlmostEquals(NaN, 1, 10), /"NaN"/);
  refuse(() => own.assertAlmostEquals(1, Infinity), /"Infinity"/);
  refuse(() => own.assertGreater(1, 1), /1 > 1/);
  refuse(() => own.assertGreaterOrEqual(NaN, 1), /NaN >= 1/);
  refuse(() => own.assertLess(1, NaN), /1 < NaN/);
  refuse(() => own.assertLessOrEqual(2, 1), /2 <= 1/);
  refuse(() => own.assertStringIncludes("abc", "d"), /"abc" to contain: "d"/);
  refuse(() => own.assertMatch("abc", /^b/), /to match/);
});

const wrong = () => {
  throw new RangeError("Cannot do this");
};

Deno.test("assertThrows() wants an error, of the class and with the text", () => {
  nodeAssert.equal(own.assertThrows(wrong, RangeError, "do this").message, "Cannot do this");
  refuse(() => own.assertThrows(() => 1, Error, "", "why"), /to throw: why/);
  refuse(() => own.assertThrows(wrong, TypeError), /"TypeError", but was "RangeError"/);
  refuse(() => own.assertThrows(wrong, RangeError, "do that"), /to include "do that"/);
  const bare = () => {
    throw "text";
  };
  refuse(() => own.assertThrows(bare), /non-Error/);
});

Deno.test("assertRejects() wants a rejection, of the class and with the text", async () => {
  const rejects = (run: () => Promise<unknown>, message: RegExp) =>
    nodeAssert.rejects(run, (error) => error instanceof own.AssertionError && message.test(error.message));
  await own.assertRejects(() => Promise.resolve().then(wrong), RangeError, "do this");
  await rejects(() => own.assertRejects(() => Promise.resolve(1)), /to reject/);
  await rejects(() => own.assertRejects(() => Promise.reject(new Error("a")), TypeError), /"TypeError"/);
});
