import type { FileList } from "../../data/datasets/listed_files.ts";
import type { ReadContext } from "../../data/sources/source.ts";
import { type ImageNetClass, readSynset } from "../image_net_classes.ts";

/** The data set of all trained networks here. */
export const dataset = "cnn";

/** The list of classes in the order of their ids. */
export const synsetFile = "imagenet_synset.txt";

/** The names of the files of one folder of the data set, by the list that the registry has of them. */
export function filesIn(folder: string, list: FileList): string[] {
  return Object.keys(list).map((name) => `${folder}/${name}`);
}

/** The classes in the order of their ids. */
export async function readClasses(context: Pick<ReadContext, "read">): Promise<ImageNetClass[]> {
  return readSynset(await context.read({ dataset, name: synsetFile }), `${dataset}/${synsetFile}`);
}
