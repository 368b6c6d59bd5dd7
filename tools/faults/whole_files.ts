import { elementCount } from "../../src/data/readers/npy/npy_array.ts";
import { readNpyHeader } from "../../src/data/readers/npy/read_npy.ts";
import { temporaryEnding } from "../../src/files/temporary_file.ts";
import { filesBelow } from "./damage.ts";

/** How the files end that are no JSON and no arrays. */
const endings: Readonly<Record<string, RegExp>> = {
  csv: /\n$/,
  md: /\n$/,
  xml: />\n?$/,
  html: /<\/html>\n?$/,
  png: /IEND....$/s,
};

/**
 * The files below a folder that are not whole, each with what is wrong: those that have their temporary name still, JSON that cannot be
 * parsed, arrays of another length than their header says, and text and pictures without their end.
 */
export function brokenFiles(folder: string): string[] {
  return filesBelow(folder).flatMap((path) => {
    const wrong = path.endsWith(temporaryEnding) ? "its temporary name" : whatIsBroken(path);
    return wrong === null ? [] : [`${path}: ${wrong}`];
  });
}

function whatIsBroken(path: string): string | null {
  const ending = path.slice(path.lastIndexOf(".") + 1);
  try {
    if (ending === "json") JSON.parse(Deno.readTextFileSync(path));
    if (ending === "npy") {
      const bytes = Deno.readFileSync(path);
      const { elements, shape, dataOffset } = readNpyHeader(bytes.subarray(0, 2 ** 16), path);
      const length = dataOffset + elementCount(shape) * elements.bytes;
      if (length !== bytes.length) return `${bytes.length} bytes in place of ${length}`;
    }
    // One character a byte.
    const text = () => new TextDecoder("latin1").decode(Deno.readFileSync(path).subarray(-64));
    return endings[ending]?.test(text()) === false ? "no end" : null;
  } catch (error) {
    return (error as Error).message;
  }
}
