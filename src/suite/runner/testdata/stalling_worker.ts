/**
 * A worker that never answers, unless somebody has begun the job before: then its checkpoint is there.
 *
 * @module
 */
import { isFile } from "../../../files/is_file.ts";
import type { JobReply, ThreadedRequest } from "../job_worker.ts";

self.onmessage = ({ data: { checkpoint } }: MessageEvent<ThreadedRequest>) => {
  const reply: JobReply = { done: true, result: "1", elapsedMs: 0 };
  if (isFile(checkpoint)) self.postMessage(reply);
  else Deno.writeTextFileSync(checkpoint, "");
};
