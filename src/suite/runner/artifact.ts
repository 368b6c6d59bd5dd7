import { stringifyExact } from "./exact_json.ts";
import { sha256 } from "../../data/digests.ts";
import type { Store } from "./store.ts";

/**
 * An intermediate result from the cache, or made and stored. Workers that want the same one at the same time
 * wait for the first of them.
 *
 * @param store The artifact cache.
 * @param madeOf Everything that makes it; its SHA-256 is the key.
 * @param make Makes it.
 * @returns Its bytes.
 */
export function sharedArtifact(
  store: Store,
  madeOf: unknown,
  make: () => Promise<Uint8Array> | Uint8Array,
): Promise<Uint8Array> {
  const key = sha256(stringifyExact(madeOf));
  const stored = store.get(key);
  if (stored !== undefined) return Promise.resolve(stored);
  return navigator.locks.request(`artifact/${key}`, async () => {
    const storedMeanwhile = store.get(key);
    if (storedMeanwhile !== undefined) return storedMeanwhile;
    const made = await make();
    store.put(key, made);
    return made;
  });
}
