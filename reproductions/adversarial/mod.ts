/**
 * Goodfellow, Shlens and Szegedy: one step along the signs of the gradient. README.md says what the paper leaves open and what was
 * chosen.
 *
 * @module
 */
import { mnist } from "../../src/data/sources/labelled_image_sources.ts";
import { classPhotographs } from "../../src/pretrained/sources/class_photographs.ts";
import { joinPhotographs } from "../../src/pretrained/sources/join_photographs.ts";
import { classNames, type NetworkName, networkSource } from "../../src/pretrained/sources/network_source.ts";
import { jobMaker, type Reproduction } from "../../src/suite/reproduction.ts";
import {
  convnetCells,
  digitTransferCells,
  photographCells,
  photographTransferCells,
  softmaxCells,
  threeSevenCells,
} from "./cells.ts";
import { figures } from "./figures.ts";
import type { DigitChange } from "./method/attack_digits.ts";
import type { DigitTraining } from "./method/digit_networks.ts";
import { digitJobId, epochsJobId, photographJobId } from "./job_ids.ts";
import { profiles, type Settings } from "./profiles.ts";
import type { AttackedClass, tasks } from "./run.ts";

const job = jobMaker<typeof tasks>();

/** The step on digits in [0, 1], as in the paper. */
const eps = 0.25;

/** The step of the example in grey levels: the paper's 0.007 of the range 0..1. */
const exampleEps = 0.007 * 255;

/** ImageNet's number of the giant panda, which the paper's first figure shows. */
const panda = 388;

/** Jobs that hold all digits in float32 run one at a time, and give their memory back. */
const holdsAllDigits = true;

/** What a network is shown that sees its own step. */
const ownChanges: readonly DigitChange[] = [
  "clean",
  "fgsm",
  "fgsm-clipped",
  "random-sign",
  "random-sign-clipped",
];

/** Fast gradient sign steps as a reproduction. */
export const reproduction: Reproduction<typeof tasks, Settings> = {
  id: "adversarial",
  paper: {
    title: "Explaining and Harnessing Adversarial Examples",
    authors: ["Ian J. Goodfellow", "Jonathon Shlens", "Christian Szegedy"],
    year: 2015,
    venue: "International Conference on Learning Representations",
    arxiv: "1412.6572",
  },
  statement:
    "One step along the signs of the gradient, too small to see, makes classifiers wrong about nearly everything; random signs as large do not.",
  datasets: ["mnist", "caltech-101", "cnn"],
  profiles,
  figures,

  plan({ settings, seeds, dataset }) {
    const { softmaxDigits, softmaxEpochs, otherEpochs, convnets, tested, checked, photographs, standIns } =
      settings;
    const reads = { train: mnist.train.all(standIns.train), test: mnist.test.all(standIns.test) };
    const everySeed = Array.from({ length: seeds }, (_, seed) => seed);

    const softmax = (seed: number, epochs = softmaxEpochs): DigitTraining => ({
      kind: "softmax",
      digits: softmaxDigits,
      epochs,
      seed,
    });
    const attack = (
      id: string,
      target: DigitTraining,
      source: DigitTraining,
      changes: readonly DigitChange[],
      checked = 0,
    ) =>
      job("digits", {
        id,
        parameters: { eps, tested, target, source, changes, checked },
        reads,
        wide: holdsAllDigits,
      });
    const ofSoftmax = everySeed.map((seed) =>
      attack(
        digitJobId("softmax", seed),
        softmax(seed),
        softmax(seed),
        [...ownChanges, "brightness"],
        checked,
      )
    );
    const ofOtherEpochs = otherEpochs.map((epochs) =>
      attack(epochsJobId(epochs), softmax(0, epochs), softmax(0, epochs), ownChanges)
    );
    const ofConvnets = convnets.map(({ name, digits, epochs, everySeed: all }) => {
      const convnet = (seed: number): DigitTraining => ({ kind: "cnn", digits, epochs, seed });
      return {
        name,
        convnet,
        jobs: (all ? everySeed : [0]).map((seed) =>
          attack(digitJobId(name, seed), convnet(seed), convnet(seed), ownChanges)
        ),
      };
    });
    const { convnet } = ofConvnets[0]!;
    const seen: readonly DigitChange[] = ["fgsm", "random-sign"];
    const transfers = {
      "cnn-cnn": everySeed.map((seed) =>
        attack(
          digitJobId("transfer/cnn-cnn", seed),
          convnet((seed + 1) % Math.max(2, seeds)),
          convnet(seed),
          seen,
        )
      ),
      "cnn-softmax": everySeed.map((seed) =>
        attack(digitJobId("transfer/cnn-softmax", seed), softmax(seed), convnet(seed), seen)
      ),
      "softmax-cnn": everySeed.map((seed) =>
        attack(digitJobId("transfer/softmax-cnn", seed), convnet(seed), softmax(seed), seen)
      ),
    };
    const threeSeven = everySeed.map((seed) =>
      job("threeSeven", {
        id: `three-seven/seed=${seed}`,
        parameters: { eps, epochs: softmaxEpochs, seed },
        reads,
        wide: holdsAllDigits,
      })
    );

    const found = dataset("caltech-101");
    const classes = classPhotographs(found, {
      imagesPerClass: photographs.shown,
      standIns: { classes: standIns.classes, imagesPerClass: standIns.photographs, side: standIns.side },
    });
    const parts = Array.from(
      { length: Math.ceil(classes.length / photographs.classesOfJob) },
      (_, i) => classes.slice(i * photographs.classesOfJob, (i + 1) * photographs.classesOfJob),
    );
    const told = parts.map((part) => ({
      parameters: {
        classes: part.map(({ ids, exact, photographs }): AttackedClass => {
          const { files, leaves } = photographs.resolve(found);
          return { ids, exact, count: files.length + (leaves?.seeds.length ?? 0) };
        }),
        attacked: photographs.attacked,
      },
      photographs: joinPhotographs(part.map(({ photographs }) => photographs)),
    }));
    const source = (network: NetworkName) => networkSource(network, standIns.side);
    const squeezenet = told.map(({ parameters, photographs }, i) =>
      job("transfer", {
        id: photographJobId("squeezenet", i),
        parameters,
        reads: { photographs, network: source("squeezenet"), onto: source("mobilenet") },
      })
    );
    const mobilenet = told.map(({ parameters, photographs }, i) =>
      job("photographs", {
        id: photographJobId("mobilenet", i),
        parameters,
        reads: { photographs, network: source("mobilenet") },
      })
    );
    const pictured = classes.find(({ ids }) => ids.includes(panda)) ?? classes[0]!;
    const example = job("example", {
      id: "example",
      parameters: { id: pictured.ids[0]!, eps: exampleEps },
      reads: { photographs: pictured.photographs, network: source("squeezenet"), names: classNames },
    });
    return {
      cells: [
        ...softmaxCells(ofSoftmax),
        ...ofConvnets.flatMap(({ name, jobs }) => convnetCells(name, jobs)),
        ...digitTransferCells(transfers),
        ...threeSevenCells(threeSeven),
        ...photographCells("squeezenet", squeezenet),
        ...photographCells("mobilenet", mobilenet),
        ...photographTransferCells(squeezenet),
      ],
      figureJobs: [...ofOtherEpochs, example],
    };
  },
};
