/**
 * What each worker of a run loads.
 *
 * @module
 */
import { findReproduction } from "../reproductions/mod.ts";
import { serveJobs } from "../src/runner/job_worker.ts";

serveJobs((id) => findReproduction(id).load());
