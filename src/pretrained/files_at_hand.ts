import { openDataset } from "../data/open_dataset.ts";
import { readVerified } from "../data/read_verified.ts";
import { verifyFiles } from "../data/verify_files.ts";
import type { ReadContext } from "../data/sources/source.ts";

/** What tests on real data have: what reads it, or why they are skipped. */
export interface FilesAtHand {
  /** Reads verified files; undefined where a data set is not at hand. */
  readonly context?: Pick<ReadContext, "read">;
  /** Is said in the name of a test that is skipped; empty otherwise. */
  readonly skipped: string;
}

/**
 * Data sets on this machine, for tests that need trained weights: nothing is downloaded.
 *
 * @param folder The data folder: `REPRODUCE_DATA`, where that is set.
 * @param ids Data sets, each of which must have all of its files.
 */
export async function filesAtHand(folder: string | undefined, ids: readonly string[]): Promise<FilesAtHand> {
  const handles = await Promise.all(ids.map((id) =>
    openDataset(id, {
      dataFolders: folder === undefined ? [] : [folder],
      offline: true,
      downloadTo: folder ?? "data",
    })
  ));
  const missing = handles.filter(({ source, notes }) => source !== "folder" || notes.length > 0);
  if (missing.length > 0) {
    return {
      skipped: ` (skipped: not all of ${missing.map(({ id }) => id).join(", ")} is in REPRODUCE_DATA)`,
    };
  }
  return {
    skipped: "",
    context: {
      async read({ dataset, name }) {
        const handle = handles.find(({ id }) => id === dataset)!;
        const [record] = await verifyFiles(handle, [name]);
        return await readVerified(handle.root!, record!);
      },
    },
  };
}
