/**
 * Zhang, Khan & Papyan 2025: attention sinks catch tokens, tag them and release them into the residual stream; in a toy
 * transformer by explicit weights and by training, and in a language model. README.md says what the paper leaves open and
 * what was chosen.
 *
 * @module
 */
import {
  cell,
  jobMaker,
  type Plan,
  type PlanRequest,
  type Reproduction,
} from "../../src/suite/reproduction.ts";
import { mechanismCells, storiesCells, toyCells } from "./cells.ts";
import { whisperCells } from "./whisper_cells.ts";
import { paintFigures } from "./figures.ts";
import { stories260k } from "./method/stories_source.ts";
import type { PrefixName } from "./method/whisper/whisper_prompts.ts";
import { whisperTiny } from "./method/whisper/whisper_source.ts";
import type { ToyTraining } from "./method/train_toys.ts";
import { profiles, type Settings, type WhisperSettings } from "./profiles.ts";
import type { Prompt, tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** How sharp the attention of the explicit weights is, in turn; the last one is judged. */
const sharpnesses = [5, 10, 20];

/** Seeds of one training job: as many as are trained side by side. */
const seedsTogether = 4;

/** Catch, tag, release as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "catch_tag_release",
  paper: {
    title: "Attention Sinks: A 'Catch, Tag, Release' Mechanism for Embeddings",
    authors: ["Stephen Zhang", "Mustafa Khan", "Vardan Papyan"],
    year: 2025,
    venue: "Advances in Neural Information Processing Systems 38",
    arxiv: "2502.00919",
  },
  statement:
    "Attention sinks catch attention, tag tokens with one common direction, and release the tags to later layers.",
  datasets: ["lm", "whisper-tiny"],
  profiles,
  plan,
  figures: paintFigures,
};

function plan({ settings, seeds }: PlanRequest<Settings>): Plan {
  const { training, windows } = settings;
  const { length } = training.all;
  const construction = job("construction", {
    id: "toy/construction",
    parameters: { sharpnesses, sequences: settings.constructionSequences, length },
  });
  const reads = { lm: stories260k };
  const prompt = (parameters: Prompt) =>
    job("prompt", { id: `stories260k/${parameters.text}`, parameters, reads });
  const texts = [prompt({ text: "stories", windows }), prompt({ text: "shakespeare", windows })];
  return {
    cells: [
      cell(
        "toy/construction/error",
        [construction],
        ([found]) => ({ values: [found!.errors.at(-1)!.error] }),
      ),
      ...[training.all, training.last].flatMap((training) => {
        const jobs = trainingJobs(training, seeds);
        return [
          ...toyCells(training.loss, jobs),
          ...settings.solves ? mechanismCells(training.loss, jobs) : [],
        ];
      }),
      ...storiesCells(texts, [prompt({ text: "delimiters" })], windows),
      ...whisperCells(whisperJobs(settings.whisper)),
    ],
    figureJobs: [
      job("example", { id: "stories260k/example", parameters: null, reads }),
      job("whisperExample", {
        id: "whisper/example",
        parameters: { length: settings.whisper.exampleLength },
        reads: { ...reads, whisper: whisperTiny },
      }),
    ],
  };
}

/** Every prefix before the same windows of each text, some windows a job. */
function whisperJobs({ windows, together, length, stride }: WhisperSettings) {
  const ofPrefix = (prefix: PrefixName) =>
    (["shakespeare", "stories"] as const).flatMap((text) =>
      Array.from({ length: Math.ceil(windows[text] / together) }, (_, part) => {
        const from = part * together;
        const to = Math.min(from + together, windows[text]);
        return job("whisper", {
          id: `whisper/${prefix}/${text}/windows=${from}-${to - 1}`,
          parameters: { prefix, text, windows: windows[text], from, to, length, stride },
          reads: { lm: stories260k, whisper: whisperTiny },
          // One at a time: each holds half a gigabyte.
          wide: true,
        });
      })
    );
  return {
    prev: ofPrefix("prev"),
    sot: ofPrefix("sot"),
    text: ofPrefix("text"),
    prevsot: ofPrefix("prevsot"),
  };
}

/** Trains seeds 0, 1, ..., some a job. */
function trainingJobs(training: ToyTraining, seeds: number) {
  return Array.from({ length: Math.ceil(seeds / seedsTogether) }, (_, group) => {
    const first = group * seedsTogether;
    const own = Array.from({ length: Math.min(seedsTogether, seeds - first) }, (_, i) => first + i);
    return job("toyTraining", {
      id: `toy/${training.loss}/seeds=${own[0]}-${own.at(-1)}`,
      parameters: { training, seeds: own },
    });
  });
}
