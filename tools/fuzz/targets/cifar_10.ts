import fc from "fast-check";
import { readCifar10 } from "../../../src/data/readers/read_cifar_10.ts";
import { DataError } from "../../../src/errors.ts";
import { changedBytes } from "../changed_bytes.ts";
import { type FuzzTarget, must } from "../fuzz_target.ts";

const record = 3073;

const valid = fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }).map((labels) => {
  const file = new Uint8Array(labels.length * record).fill(7);
  labels.forEach((label, i) => file[i * record] = label);
  return file;
});

/** Batches of CIFAR-10. */
export const cifar10Target: FuzzTarget = {
  name: "cifar-10",
  files: changedBytes(valid, {
    fields: (file) => Array.from({ length: file.length / record }, (_, i) => ({ at: i * record, bytes: 1 })),
  }),
  errors: [DataError],
  read: (bytes) => {
    const { count, images, labels } = readCifar10(bytes, "fuzz.bin");
    must(count * record === bytes.length, "every record is read");
    must(images.length === count * (record - 1) && labels.length === count, "images and labels are as many");
    must(labels.every((label) => label <= 9), "labels are in 0..9");
  },
};
