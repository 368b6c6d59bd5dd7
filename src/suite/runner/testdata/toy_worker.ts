/**
 * The worker of the reproductions of the tests.
 *
 * @module
 */
import { serveJobs } from "../job_worker.ts";
import { tasks as readerTasks } from "./reader_tasks.ts";
import { tasks as toyTasks } from "./toy_tasks.ts";

serveJobs((id) => Promise.resolve(id === "reader" ? readerTasks : toyTasks));
