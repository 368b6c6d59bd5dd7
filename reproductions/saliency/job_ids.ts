/**
 * The ids of jobs, where figures look for them.
 *
 * @module
 */
import type { NetworkName } from "../../src/pretrained/sources/network_source.ts";

/** What is done with pairs of photographs, once for each seed. */
export type PairTask = "point" | "cover" | "cover-permuted";

/** A job on pairs. */
export function pairJobId(task: PairTask, network: NetworkName, seed: number): string {
  return `${task}/${network}/seed=${seed}`;
}

/** The job that makes maps of a dog and a cat. */
export function dogAndCatJobId(network: NetworkName): string {
  return `dog-and-cat/${network}`;
}
