import type { Profiles } from "../../src/suite/reproduction.ts";
import type { ToyTraining } from "./method/train_toys.ts";

/** How much a profile computes. */
export interface Settings {
  /** Random sequences on which the explicit weights are tried. */
  readonly constructionSequences: number;
  /** How the toys are trained, by where the loss is taken; README.md says what of it is ours. */
  readonly training: Readonly<Record<ToyTraining["loss"], ToyTraining>>;
  /** Whether that is long enough to solve the task: else what is measured on solved runs alone is left out. */
  readonly solves: boolean;
  /** Windows of 256 tokens of each text that the language model reads. */
  readonly windows: number;
  /** What Whisper's decoder reads. */
  readonly whisper: WhisperSettings;
}

/** How much of Whisper's decoder is measured. */
export interface WhisperSettings {
  /** Windows of each text. */
  readonly windows: { readonly shakespeare: number; readonly stories: number };
  /** Windows of a job. */
  readonly together: number;
  /** Tokens of the text in a window. */
  readonly length: number;
  /** Losses are taken of every so many-th token. */
  readonly stride: number;
  /** Tokens of the text in the figures' example. */
  readonly exampleLength: number;
}

/** What all trainings share. */
const toy = { width: 8, layers: 2, length: 16, rate: 1e-2, clip: 1 } as const;

/** On the published model. */
const standard: Settings = {
  constructionSequences: 1000,
  training: {
    all: { ...toy, loss: "all", batch: 128, steps: 3000, initialScale: 0.5 },
    last: { ...toy, loss: "last", batch: 256, steps: 4000, initialScale: 1 },
  },
  solves: true,
  windows: 32,
  whisper: {
    windows: { shakespeare: 48, stories: 16 },
    together: 16,
    length: 176,
    stride: 16,
    exampleLength: 36,
  },
};

/** Every knob of every profile. */
export const profiles: Profiles<Settings> = {
  smoke: {
    seeds: 1,
    minutes: 0.1,
    constructionSequences: 20,
    training: {
      all: { ...standard.training.all, batch: 64, steps: 500 },
      last: { ...standard.training.last, batch: 64, steps: 100 },
    },
    solves: false,
    windows: 2,
    whisper: { ...standard.whisper, windows: { shakespeare: 1, stories: 1 }, together: 1 },
  },
  standard: { seeds: 10, minutes: 4, ...standard },
  full: {
    ...standard,
    seeds: 20,
    minutes: 15,
    windows: 256,
    whisper: { ...standard.whisper, windows: { shakespeare: 192, stories: 64 }, stride: 8 },
  },
};
