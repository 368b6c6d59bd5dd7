/**
 * What every task of deno.json loads before anything else (`--preload`), so that SIGINT and SIGTERM end it as the contract promises also
 * while its modules are loaded, which takes half a second. It must import little: until it runs the system's own action ends the process.
 *
 * @module
 */
import { endOnSignals } from "./interruption.ts";

endOnSignals();
