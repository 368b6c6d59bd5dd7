import type { RandomStream } from "../../src/numeric/random/random_stream.ts";

/**
 * Damages one file as a failing disk would: flips a bit, or cuts its end off.
 *
 * @param path The file, which must not be empty.
 * @returns What was done to it.
 */
export function damage(path: string, rng: RandomStream): string {
  const bytes = Deno.readFileSync(path);
  const at = rng.integer(bytes.length);
  if (rng.uniform() < 0.25) {
    Deno.writeFileSync(path, bytes.subarray(0, at));
    return `cut at byte ${at} of ${bytes.length}`;
  }
  const bit = rng.integer(8);
  bytes[at]! ^= 1 << bit;
  Deno.writeFileSync(path, bytes);
  return `bit ${bit} of byte ${at} flipped`;
}

/** Every file below a folder, in the order of the names. */
export function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)]
    .sort((a, b) => a.name < b.name ? -1 : 1)
    .flatMap(({ name, isDirectory }) =>
      isDirectory ? filesBelow(`${folder}/${name}`) : [`${folder}/${name}`]
    );
}
