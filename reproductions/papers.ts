/**
 * The papers that more than one reproduction is about.
 *
 * @module
 */
import type { Paper } from "../src/reproduction.ts";

/** Tables 1 and 4: scattering_energy and mnist_scattering. */
export const brunaMallat2013: Paper = {
  title: "Invariant Scattering Convolution Networks",
  authors: ["Joan Bruna", "Stéphane Mallat"],
  year: 2013,
  venue: "IEEE Transactions on Pattern Analysis and Machine Intelligence 35(8), 1872-1886",
  arxiv: "1203.1513",
  doi: "10.1109/TPAMI.2012.230",
};
