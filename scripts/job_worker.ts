/**
 * What each worker of a run loads.
 *
 * @module
 */
import { findReproduction } from "../reproductions/mod.ts";
import { serveJobs } from "../src/suite/runner/job_worker.ts";

serveJobs((id) => findReproduction(id).loadTasks());
