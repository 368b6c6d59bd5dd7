import { type LayersModel, loadLayersModel } from "@tensorflow/tfjs-layers";
import type { ReadContext } from "../../data/sources/source.ts";
import { DataError } from "../../errors.ts";
import { oneLine } from "../../one_line.ts";
import { readTfjsModel } from "./read_tfjs_model.ts";

/**
 * Loads a layers model of tfjs with the loader of tfjs-layers, from verified files of a data set.
 *
 * @param folder Where `model.json` and the shards are: a folder of a data set.
 * @param context Reads its files, verified.
 * @throws {DataError} Where {@linkcode readTfjsModel} does, `model.json` has no topology, or tfjs-layers refuses it or its weights.
 */
export async function loadTfjsModel(
  folder: { readonly dataset: string; readonly path: string },
  context: Pick<ReadContext, "read">,
): Promise<LayersModel> {
  const { topology, weights } = await readTfjsModel(folder, context);
  const name = `${folder.dataset}/${folder.path}/model.json`;
  if (topology === null) {
    throw new DataError(`Cannot load ${name}: its modelTopology must say what the layers are: it is null`);
  }
  const values = [...weights.values()].map(({ values }) => values);
  const weightData = new Float32Array(values.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const one of values) {
    weightData.set(one, at);
    at += one.length;
  }
  try {
    return await loadLayersModel({
      load: () =>
        Promise.resolve({
          modelTopology: topology,
          weightSpecs: Array.from(
            weights,
            ([name, { shape }]) => ({ name, shape: [...shape], dtype: "float32" as const }),
          ),
          weightData: weightData.buffer,
        }),
    });
  } catch (error) {
    // The loader takes whatever a file says: what it falls over is the file's fault.
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(`Cannot load ${name}: ${oneLine(reason)}`, { cause: error });
  }
}
