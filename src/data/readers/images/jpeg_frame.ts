/** What the frame header of a JPEG file says. */
export interface JpegFrame {
  /** Bits of a sample. */
  readonly precision: number;
  readonly height: number;
  readonly width: number;
  readonly components: number;
}

/** A component: its id and sampling factors. */
interface Component {
  readonly id: number;
  readonly h: number;
  readonly v: number;
}

/** Encoders write about ten. Each costs a pass over the whole picture, however few bytes it has. */
const maxScans = 100;

/**
 * Walks through the segments of a JPEG file (ITU-T T.81, annex B) and checks what a decoder must rely on before it takes
 * memory or time: one frame, whole segments and tables, scans of its components, and enough bytes for its size.
 *
 * @param bytes The whole file, which begins as a JPEG file does.
 * @returns The frame header.
 * @throws {Error} Where something is wrong, with the reason.
 *
 * @example Usage
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const photograph = Deno.readFileSync(new URL("./testdata/gray.jpg", import.meta.url));
 * assertEquals(jpegFrame(photograph).components, 1);
 * assertThrows(() => jpegFrame(photograph.subarray(0, -2)), Error, "it ends before its end marker");
 * ```
 */
export function jpegFrame(bytes: Uint8Array): JpegFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let frame: JpegFrame | undefined;
  let components: Component[] = [];
  /** How many scans code each component; of all of them, in a progressive file. */
  const coded = new Map<number, number>();
  let [scans, isProgressive] = [0, false];
  for (let at = 2;;) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1; // fill bytes
    if (at + 2 > bytes.length) throw new Error("it ends before its end marker");
    const marker = view.getUint16(at);
    if (marker === 0xffd9) break;
    if (at + 4 > bytes.length || at + 2 + view.getUint16(at + 2) > bytes.length) {
      throw new Error("it ends within a segment");
    }
    const content = bytes.subarray(at + 4, at + 2 + view.getUint16(at + 2));
    at += 4 + content.length;
    if (marker >= 0xffc0 && marker <= 0xffc2) {
      if (frame !== undefined) throw new Error("it has more than one frame");
      [frame, components] = readFrame(content);
      isProgressive = marker === 0xffc2;
      checkBlocks(frame, components, bytes.length);
    } else if (marker === 0xffc4) checkLength("Huffman tables", content, huffmanLength);
    else if (marker === 0xffdb) checkLength("quantization tables", content, quantizationLength);
    else if (marker === 0xffdd || marker === 0xffdc) {
      checkLength("restart interval or lines", content, () => 2);
    } else if (marker === 0xffda) {
      scans += 1;
      for (const id of readScan(content, components)) {
        coded.set(id, (coded.get(id) ?? 0) + 1);
        if (!isProgressive && coded.get(id)! > 1) throw new Error("a component is coded twice");
      }
      if (scans > maxScans) throw new Error(`it has more than ${maxScans} scans`);
      at = endOfScan(bytes, at);
    } else if ((marker < 0xffe0 || marker > 0xffef) && marker !== 0xfffe) {
      throw new Error(`its marker ${marker.toString(16)} is none that is read`);
    }
  }
  if (frame === undefined) throw new Error("it has no baseline or progressive JPEG frame");
  if (components.some(({ id }) => !coded.has(id))) throw new Error("a component is not coded");
  return frame;
}

/** B.2.2. */
function readFrame(content: Uint8Array): [JpegFrame, Component[]] {
  const [precision, highHeight, lowHeight, highWidth, lowWidth, count] = content;
  if (count === undefined || content.length !== 6 + 3 * count) throw new Error("its frame header is damaged");
  const components = Array.from({ length: count }, (_, i) => {
    const [id, factors] = content.subarray(6 + 3 * i);
    return { id: id!, h: factors! >> 4, v: factors! & 15 };
  });
  const isSound = components.every(({ h, v }) => h >= 1 && h <= 4 && v >= 1 && v <= 4) &&
    new Set(components.map(({ id }) => id)).size === count;
  if (!isSound) throw new Error("its frame header is damaged");
  const [height, width] = [highHeight! << 8 | lowHeight!, highWidth! << 8 | lowWidth!];
  return [{ precision: precision!, height, width, components: count }, components];
}

/** Every block of 8 x 8 samples takes one bit at least, the code of its mean. */
function checkBlocks({ height, width }: JpegFrame, components: readonly Component[], size: number): void {
  const [maxH, maxV] = [Math.max(...components.map(({ h }) => h)), Math.max(...components.map(({ v }) => v))];
  const blocks = components.reduce(
    (sum, { h, v }) => sum + Math.ceil(width * h / maxH / 8) * Math.ceil(height * v / maxV / 8),
    0,
  );
  if (blocks > 8 * size) {
    throw new Error(`${size} bytes cannot hold a picture of its size: current size is ${height}x${width}`);
  }
}

/** B.2.3. */
function readScan(content: Uint8Array, components: readonly Component[]): number[] {
  const [count] = content;
  const ids = Array.from({ length: count ?? 0 }, (_, i) => content[1 + 2 * i]!);
  const isSound = content.length === 4 + 2 * ids.length && ids.length > 0 &&
    new Set(ids).size === ids.length &&
    ids.every((id) => components.some((component) => component.id === id));
  if (!isSound) throw new Error("a scan header is damaged");
  return ids;
}

/** Where the coded samples end: at a marker that is neither a byte 0xff of theirs nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 2)) {
    const second = bytes[at + 1];
    if (second === 0xff) at -= 1;
    else if (second !== 0 && !(second! >= 0xd0 && second! <= 0xd7)) return at;
  }
  return bytes.length;
}

/** Checks that a segment is whole tables, the length of each of which stands in it. */
function checkLength(name: string, content: Uint8Array, lengthAt: (table: Uint8Array) => number): void {
  for (let at = 0; at < content.length || at === 0;) {
    at += lengthAt(content.subarray(at));
    if (at > content.length) throw new Error(`its ${name} are damaged`);
  }
}

/** B.2.4.2: one byte, 16 counts, and as many values. */
function huffmanLength(table: Uint8Array): number {
  return 17 + table.subarray(1, 17).reduce((sum, count) => sum + count, 0);
}

/** B.2.4.1: one byte whose upper half says whether the 64 numbers have 8 or 16 bits. */
function quantizationLength(table: Uint8Array): number {
  return 1 + (table[0]! >> 4 === 0 ? 64 : 128);
}
