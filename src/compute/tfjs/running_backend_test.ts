import { assertThrows } from "@std/assert";
import { gram } from "../linalg/gram.ts";
import { leadingEigenvectors } from "../linalg/leading_eigenvectors.ts";
import { RunningBackend } from "./running_backend.ts";

Deno.test("RunningBackend refuses a backend that startBackend() did not start", () => {
  assertThrows(() => new RunningBackend({}), Error, "this one is tfjs's own; call startBackend() first");
});

Deno.test("functions that compute on the backend say that none runs, and what to do", () => {
  const message = "there must be a backend of this project, and none runs; call startBackend() first";
  assertThrows(() => gram(new Float64Array(4), 2, 2), Error, message);
  assertThrows(() => leadingEigenvectors(new Float64Array(4), 2, 1), Error, message);
});
