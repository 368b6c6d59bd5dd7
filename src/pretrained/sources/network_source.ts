/**
 * Trained networks as sources of jobs: which files they read, and what stands in for them.
 *
 * @module
 */
import type { ReadContext, Reading, Source } from "../../data/sources/source.ts";
import { dataset, readClasses, synsetFile } from "../networks/cnn_files.ts";
import {
  mobileNetFiles,
  mobileNetInput,
  squeezeNetFile,
  squeezeNetInput,
} from "../networks/network_files.ts";

/** The networks that take images of any size. */
export type NetworkName = "squeezenet" | "mobilenet";

/** A network as it is to be read. */
export interface NetworkReading extends Reading {
  /** Which one. */
  readonly network: NetworkName;
  /** Rows and columns of the images that it is shown: those of its training, or less of a stand-in. */
  readonly side: number;
}

const declared = {
  squeezenet: { files: [squeezeNetFile], side: squeezeNetInput.side },
  mobilenet: { files: mobileNetFiles, side: mobileNetInput.side },
};

/**
 * A network, as a job declares it.
 *
 * @param network Which one.
 * @param standInSide Rows and columns of the images that its stand-in is shown: a network of the same layers with random filters.
 */
export function networkSource(network: NetworkName, standInSide: number): Source<NetworkReading> {
  const { files, side } = declared[network];
  return {
    dataset,
    resolve: ({ source }) =>
      source === "stand-in"
        ? { dataset, files: [], standIn: true, network, side: standInSide }
        : { dataset, files, standIn: false, network, side },
  };
}

/** The names of ImageNet's classes, as a job declares them. */
export const classNames: Source = {
  dataset,
  resolve: ({ source }) => ({
    dataset,
    files: source === "stand-in" ? [] : [synsetFile],
    standIn: source === "stand-in",
  }),
};

/**
 * Reads the names of ImageNet's classes.
 *
 * @param reading What is read.
 * @param context What it is read with.
 * @returns The first name of each, in the order of the networks; numbers where there is a stand-in.
 * @throws {DataError} Where the file is none of 1,000 classes.
 */
export async function loadClassNames(
  { standIn }: Reading,
  context: Pick<ReadContext, "read">,
): Promise<string[]> {
  if (standIn) return Array.from({ length: 1000 }, (_, i) => `class ${i}`);
  return (await readClasses(context)).map(({ names }) => names.replace(/,.*/, ""));
}
