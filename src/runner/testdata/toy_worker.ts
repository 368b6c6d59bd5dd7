/**
 * The worker of the toy reproduction.
 *
 * @module
 */
import { serveJobs } from "../job_worker.ts";
import { reproduction } from "./toy.ts";

serveJobs(() => Promise.resolve(reproduction));
