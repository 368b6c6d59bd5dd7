/**
 * What the tests of kernels share.
 *
 * @module
 */

/**
 * The fields of a class in AssemblyScript, in their order.
 *
 * @param file The source.
 * @param name The class.
 * @throws {Error} Where the file has no such class.
 */
export function readFields(file: URL, name: string): string[] {
  const source = Deno.readTextFileSync(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  const body = new RegExp(`class ${name} \\{([^}]*)\\}`).exec(source)?.[1];
  if (body === undefined) {
    throw new Error(`Cannot read the fields of ${name}: ${file.pathname} has no such class`);
  }
  return Array.from(body.matchAll(/(\w+)\s*:\s*\w+\s*;/g), ([, field]) => field!);
}
