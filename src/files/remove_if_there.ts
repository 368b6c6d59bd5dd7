import { ifThere } from "./if_there.ts";

/**
 * Removes a file; that there is none is no error.
 *
 * @param path The file.
 */
export function removeIfThere(path: string): void {
  ifThere(() => Deno.removeSync(path), undefined);
}
