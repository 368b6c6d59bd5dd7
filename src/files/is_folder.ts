import { ifThere } from "./if_there.ts";

/** Whether a path is that of a folder, perhaps behind a link. */
export function isFolder(path: string): boolean {
  return ifThere(() => Deno.statSync(path).isDirectory, false);
}
