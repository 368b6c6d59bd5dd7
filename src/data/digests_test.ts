import { assertEquals } from "@std/assert";
import { DigestCheck, digestMismatch, type Digests } from "./digests.ts";
import { text } from "./test_helpers.ts";

/** The published digests of "abc": FIPS 180-2 (appendices A.1 and B.1) and RFC 1321 (appendix A.5). */
const abc: Digests = {
  sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  sha1: "a9993e364706816aba3e25717850c26c9cd0d89d",
  md5: "900150983cd24fb0d6963f7d28e17f72",
};

Deno.test("digestMismatch() agrees with the published digests", () => {
  assertEquals(digestMismatch(text("abc"), abc), null);
});

Deno.test("digestMismatch() names the digest that differs, whichever it is", async (t) => {
  for (const algorithm of ["sha256", "sha1", "md5"] as const) {
    await t.step(algorithm, () => {
      const wrong = { ...abc, [algorithm]: "00" };
      assertEquals(digestMismatch(text("abc"), wrong), `${algorithm} is ${abc[algorithm]} instead of 00`);
    });
  }
});

Deno.test("DigestCheck gives the same for bytes in pieces", () => {
  const check = new DigestCheck(abc);
  for (const piece of ["a", "", "bc"]) check.update(text(piece));
  assertEquals(check.mismatch(), null);
});
