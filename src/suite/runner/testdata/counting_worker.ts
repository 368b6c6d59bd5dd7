/**
 * A worker whose results count its jobs. What each says of its time is the name of its checkpoint.
 *
 * @module
 */
import type { JobReply, ThreadedRequest } from "../job_worker.ts";

let jobs = 0;

self.onmessage = ({ data: { checkpoint } }: MessageEvent<ThreadedRequest>) => {
  const reply: JobReply = { done: true, result: String(++jobs), elapsedMs: Number(checkpoint) };
  self.postMessage(reply);
};
