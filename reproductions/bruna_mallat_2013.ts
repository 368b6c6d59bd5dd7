import type { Paper } from "../src/suite/reproduction.ts";

/** Its Table 1 is scattering_energy, its Table 4 mnist_scattering. */
export const brunaMallat2013: Paper = {
  title: "Invariant Scattering Convolution Networks",
  authors: ["Joan Bruna", "Stéphane Mallat"],
  year: 2013,
  venue: "IEEE Transactions on Pattern Analysis and Machine Intelligence 35(8), 1872-1886",
  arxiv: "1203.1513",
  doi: "10.1109/TPAMI.2012.230",
};
