import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { GoldenError } from "../../errors.ts";
import { withFolder } from "../../files/test_helpers.ts";
import { loadAcceptedDigest, loadBaselines, loadClaims } from "./load_golden.ts";

Deno.test("loadClaims() says which golden file is missing", () =>
  withFolder((folder) => {
    assertThrows(() => loadClaims(folder, "toy"), GoldenError, "Cannot find golden/toy.csv");
    return Promise.resolve();
  }));

Deno.test("loadBaselines() and loadAcceptedDigest() give nothing where nothing was accepted", () =>
  withFolder((folder) => {
    assertEquals(loadBaselines(folder, "toy", "smoke").size, 0);
    assertEquals(loadAcceptedDigest(folder, "toy", "smoke"), null);
    return Promise.resolve();
  }));

Deno.test("loadAcceptedDigest() wants a SHA-256", () =>
  withFolder(async (folder) => {
    const file = join(folder, "baseline", "smoke", "toy.digest");
    await Deno.mkdir(join(folder, "baseline", "smoke"), { recursive: true });
    await Deno.writeTextFile(file, `${"0a".repeat(32)}\n`);
    assertEquals(loadAcceptedDigest(folder, "toy", "smoke"), "0a".repeat(32));
    await Deno.writeTextFile(file, "0a0a");
    assertThrows(
      () => loadAcceptedDigest(folder, "toy", "smoke"),
      GoldenError,
      'golden/baseline/smoke/toy.digest:1: must be a SHA-256: it is "0a0a"',
    );
  }));

Deno.test("loadClaims() takes no other encoding for UTF-8, and waits for no pipe", () =>
  withFolder((folder) => {
    Deno.writeFileSync(join(folder, "latin.csv"), Uint8Array.of(0x63, 0xe9));
    assertThrows(
      () => loadClaims(folder, "latin"),
      GoldenError,
      "golden/latin.csv: it must be UTF-8: byte 1 is none",
    );
    Deno.writeFileSync(join(folder, "utf16.csv"), Uint8Array.of(0xff, 0xfe, 0x63, 0));
    assertThrows(() => loadClaims(folder, "utf16"), GoldenError, "it begins with the mark of UTF-16");
    new Deno.Command("mkfifo", { args: [join(folder, "pipe.csv")] }).outputSync();
    assertThrows(() => loadClaims(folder, "pipe"), GoldenError, "golden/pipe.csv: it is a pipe");
    return Promise.resolve();
  }));

Deno.test("golden files that cannot be read are no missing ones", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "toy.csv"));
    assertThrows(() => loadClaims(folder, "toy"), Error, "os error");
  }));
