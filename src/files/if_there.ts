/** Whether an error says that there is no such file, or that one of its folders is none. */
export function isAbsent(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory;
}

/**
 * What is found at a path, where there is something.
 *
 * @param look Reads, or looks at, a path.
 * @param otherwise What stands for nothing.
 * @throws What `look` throws, but that nothing is there.
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(ifThere(() => Deno.readTextFileSync("/no/such/file"), "nothing"), "nothing");
 * ```
 */
export function ifThere<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch (error) {
    if (isAbsent(error)) return otherwise;
    throw error;
  }
}
