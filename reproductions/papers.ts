/**
 * The papers of the reproductions.
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

/** Two-layer tight frames and concentrated scattering: tight_frame_fisher. */
export const zarkaGuthMallat2021: Paper = {
  title: "Separation and Concentration in Deep Networks",
  authors: ["John Zarka", "Florentin Guth", "Stéphane Mallat"],
  year: 2021,
  venue: "International Conference on Learning Representations",
  arxiv: "2012.10424",
};

/** The slides' source of the layer sweep: layer_training_sweep. */
export const surveyOfExpressivity2016: Paper = {
  title: "Survey of Expressivity in Deep Neural Networks",
  authors: ["Maithra Raghu", "Ben Poole", "Jon Kleinberg", "Surya Ganguli", "Jascha Sohl-Dickstein"],
  year: 2016,
  venue: "arXiv preprint",
  arxiv: "1611.08083",
};
