/** The part of yauzl 3.4.0 that this project uses; the package ships no types. */
import type { Readable } from "node:stream";

interface Entry {
  readonly fileName: string;
  readonly uncompressedSize: number;
  /** Where its header says that its content is, in bytes from the start of the file; anything up to 2^64. */
  readonly relativeOffsetOfLocalHeader: number;
}
interface ZipFile {
  eachEntry(): AsyncIterableIterator<Entry>;
  openReadStreamPromise(entry: Entry): Promise<Readable>;
  close(): void;
}
declare const yauzl: {
  /** Rejects names that are absolute or hold `..` or a backslash, and streams longer than their stated size. */
  openPromise(path: string, options: { lazyEntries: true; autoClose: false }): Promise<ZipFile>;
};
export default yauzl;
