import { join } from "@std/path";
import { cannotUse } from "../../files/describe_error.ts";
import { folderIfThere } from "../../files/folder_if_there.ts";
import { isFolder } from "../../files/is_folder.ts";
import { type NamedPath, refuseSameFile } from "../../files/same_file.ts";
import { checkWritable } from "../../files/write_whole.ts";
import { figureEndings, figuresFolder } from "./figures/write_figures.ts";
import { resultFiles } from "./write_results_files.ts";

/**
 * Sees to it before anything is computed that a run can write all of its files where they go: that none of them is a folder, a pipe, a
 * device, a link that leads round in a circle or nowhere, or may not be written, and that no two of them are the same, or one that is read.
 *
 * @param out The output folder; where it is not there yet, nothing stands in the way of its files.
 * @param reads What else the command reads.
 * @throws {UsageError} With the path, where one of them cannot be written.
 */
export function checkOutputs(out: string, reads: readonly NamedPath[] = []): void {
  if (!folderIfThere("Cannot write the output folder", out)) return;
  const figures = join(out, figuresFolder);
  const paths = [...resultFiles.map((name) => join(out, name)), ...figuresIn(figures)];
  refuseSameFile([...reads, ...paths.map((path) => ({ name: path.slice(out.length + 1), path }))]);
  paths.forEach(checkWritable);
  if (isFolder(figures)) checkWritable(join(figures, "figure"));
}

/** The paths of the figures that are there; how those are called that will be painted is known when their jobs have finished. */
function figuresIn(folder: string): string[] {
  const action = "Cannot write figures to";
  if (!folderIfThere(action, folder)) return [];
  try {
    return [...Deno.readDirSync(folder)]
      .map(({ name }) => join(folder, name))
      .filter((path) => figureEndings.some((ending) => path.endsWith(ending)));
  } catch (error) {
    throw cannotUse(action, folder, error);
  }
}
