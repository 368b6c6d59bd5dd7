import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { DataError } from "../errors.ts";
import { randomStream } from "../numeric/random/random_stream.ts";
import { withFolder } from "../files/test_helpers.ts";
import { sha256 } from "./digests.ts";
import { fetchFile } from "./fetch/fetch_file.ts";
import { tree, withServer } from "./test_helpers.ts";

Deno.test("fetchFile() keeps nothing of a transfer cut at a random byte, nor of one with a flipped bit, and then fetches the whole", () => {
  const rng = randomStream("cut transfers", 1);
  const content = Uint8Array.from({ length: 50_000 }, () => rng.integer(256));
  const digest = sha256(content);
  const flipped = (at: number) => content.with(at, content[at]! ^ (1 << rng.integer(8)));
  const cut = (at: number) => {
    const pieces = [content.subarray(0, at)];
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces.pop();
        if (piece === undefined) controller.error(new Error("cut"));
        else controller.enqueue(piece);
      },
    });
  };
  const answer = (_request: Request, path: string): Response => {
    const at = Number(path.split("/")[2]);
    if (path.startsWith("/cut/")) return new Response(cut(at), { headers: { "content-length": "50000" } });
    return new Response(path.startsWith("/flip/") ? flipped(at) : content);
  };
  return withFolder((folder) =>
    withServer(answer, async (address) => {
      const target = join(folder, "file.bin");
      const check = async (part: string) => {
        if (sha256(await Deno.readFile(part)) !== digest) throw new DataError("wrong digest");
      };
      const fetch = (...paths: string[]) => {
        const urls = paths.map((path) => `${address}/${path}`);
        return fetchFile({ urls, bytes: content.length }, target, check, { hosts: [], allowLoopback: true });
      };
      for (let i = 0; i < 100; i++) {
        const fault = `${i % 2 === 0 ? "cut" : "flip"}/${rng.integer(content.length)}`;
        await assertRejects(() => fetch(fault), DataError, undefined, fault);
        assertEquals(await tree(folder), [], fault);
        // The next mirror gives it.
        await fetch(fault, "whole");
        assertEquals(sha256(await Deno.readFile(target)), digest, fault);
        await Deno.remove(target);
      }
    })
  );
});
