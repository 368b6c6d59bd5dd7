import { assertThrows } from "@std/assert";
import { Engine } from "./engine.ts";

Deno.test("Engine refuses a backend that startBackend() did not start", () => {
  assertThrows(() => new Engine({}), Error, "startBackend() first");
});
