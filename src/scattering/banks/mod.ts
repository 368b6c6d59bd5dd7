/**
 * The banks that have a name on the command line: one line for each, and this is the only place that lists them.
 *
 * @module
 */
export { brunaMallatBank } from "./bruna_mallat_bank.ts";
export { kymatioBank } from "./kymatio_bank.ts";
export { splineBank } from "./spline_bank.ts";
