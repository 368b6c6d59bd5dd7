import type { ReadContext } from "../../../src/data/sources/source.ts";
import { columnsOf, StageReader, type summaries, summarise, type UnitStage } from "./describe.ts";
import type { Described } from "./best_units.ts";
import { loadNetwork, type NetworkReading } from "./networks.ts";
import { countPhotographs, type LabelledPhotographs, readPhotograph } from "./photographs.ts";

/** Photographs that are described at a time: what an interrupted job loses. */
const chunk = 100;

/** What describes photographs. */
export interface Describing {
  /** The stages. */
  readonly stages: readonly string[];
  /** The number of a permutation of the weights, or `null`. */
  readonly permuted: number | null;
}

/** Photographs described by all units of some stages. */
export class DescribedPhotographs {
  readonly #rows: Float32Array;
  readonly #stages: readonly UnitStage[];
  readonly #perClass: number;

  /** Of rows of {@linkcode summarise}. */
  constructor(rows: Float32Array, stages: readonly UnitStage[], perClass: number) {
    this.#rows = rows;
    this.#stages = stages;
    this.#perClass = perClass;
  }

  /** One summary of the units of a stage. */
  stage(name: string, summary: typeof summaries[number]): Described {
    const { units } = this.#stages.find((stage) => stage.name === name)!;
    return { values: columnsOf(this.#rows, this.#stages, name, summary), units, perClass: this.#perClass };
  }
}

/**
 * Describes photographs; jobs that want the same share it. A backend must run.
 *
 * @param progress Takes the share that is done.
 */
export async function describePhotographs(
  network: NetworkReading,
  photographs: LabelledPhotographs,
  { stages, permuted }: Describing,
  context: ReadContext,
  progress: (share: number) => void,
): Promise<DescribedPhotographs> {
  const loaded = await loadNetwork(network, permuted, context);
  const reader = new StageReader(network.network, loaded, stages);
  const count = countPhotographs(photographs);
  const parts: Float32Array[] = [];
  for (let first = 0; first < count; first += chunk) {
    const bytes = await context.artifact({ stages, permuted, first }, [network, photographs], async () => {
      const rows: Float32Array[] = [];
      for (let i = first; i < Math.min(first + chunk, count); i++) {
        const maps = reader.read(await readPhotograph(photographs, i, context));
        rows.push(summarise(maps));
        maps.forEach((map) => map.dispose());
      }
      return new Uint8Array(joined(rows).buffer);
    });
    parts.push(new Float32Array(bytes.slice().buffer));
    progress(Math.min(1, (first + chunk) / count));
  }
  loaded.dispose();
  return new DescribedPhotographs(joined(parts), reader.stages, photographs.perClass);
}

function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
