import type { Reading, Source } from "../../../src/data/sources/source.ts";

/** stories260K and the Shakespeare text as they are to be read: `files` are checkpoint, vocabulary and text, in this order. */
export type StoriesReading = Reading;

const dataset = "lm";

/** stories260K (Andrej Karpathy, llama2.c), its vocabulary and the tinyshakespeare text. */
export const stories260k: Source<StoriesReading> = {
  dataset,
  resolve: ({ source }) =>
    source === "stand-in"
      ? { dataset, files: [], standIn: true }
      : { dataset, files: ["stories260K.bin", "tok512.bin", "tinyshakespeare.txt"], standIn: false },
};
