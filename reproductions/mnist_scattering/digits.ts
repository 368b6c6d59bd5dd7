import { readMnist } from "../../src/data/read_mnist.ts";
import { drawnDigits } from "../../src/data/stand_ins/drawn_digits.ts";
import type { InputFile, RunContext } from "../../src/reproduction.ts";

/** Which digits: those that classifiers learn from, or the 10,000 that they are tested on. */
export type Half = "train" | "t10k";

/** Bytes of an image. */
export const pixels = 28 * 28;

/** Digits with their classes. */
export interface Digits {
  /** `(n, 28, 28)`, values in 0..255. */
  readonly images: Uint8Array;
  /** `(n)`, values in 0..9. */
  readonly labels: Uint8Array;
}

/** How many digits are drawn in place of each half of MNIST. */
export type StandIns = Readonly<Record<Half, number>>;

/** The files of both halves, or none for stand-ins. */
export function digitFiles(standIns: StandIns | null): InputFile[] {
  return standIns === null ? [...filesOf("train"), ...filesOf("t10k")] : [];
}

/** Reads one half of MNIST, or draws its stand-in. */
export async function loadDigits(
  half: Half,
  standIns: StandIns | null,
  context: RunContext,
): Promise<Digits> {
  if (standIns !== null) return await drawDigits(half, standIns[half], context);
  const [images, labels] = await Promise.all(filesOf(half).map((file) => context.read(file)));
  return readMnist(images!, labels!, `mnist ${half}`);
}

function filesOf(half: Half): InputFile[] {
  return ["images-idx3", "labels-idx1"].map((part) => ({
    dataset: "mnist",
    name: `${half}-${part}-ubyte.gz`,
  }));
}

/** Drawing takes longer than reading, so all jobs share what is drawn. */
async function drawDigits(half: Half, count: number, context: RunContext): Promise<Digits> {
  const bytes = await context.artifact({ drawnDigits: half, count }, [], () => {
    const { images, labels } = drawnDigits(count, half === "train" ? 1 : 2);
    const bytes = new Uint8Array(images.length + labels.length);
    bytes.set(images);
    bytes.set(labels, images.length);
    return bytes;
  });
  return { images: bytes.subarray(0, count * pixels), labels: bytes.subarray(count * pixels) };
}
