import { ifThere } from "./if_there.ts";

/** Whether a path is that of a file, perhaps behind a link. */
export function isFile(path: string): boolean {
  return ifThere(() => Deno.statSync(path).isFile, false);
}
