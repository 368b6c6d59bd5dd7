import type { NetworkDescription } from "./network_description.ts";

/** Which of the six maps of S2 each of the sixteen maps of C3 sees (LeCun et al. 1998, Table I). */
const seenByC3: readonly (readonly number[])[] = [
  [0, 1, 2],
  [1, 2, 3],
  [2, 3, 4],
  [3, 4, 5],
  [0, 4, 5],
  [0, 1, 5],
  [0, 1, 2, 3],
  [1, 2, 3, 4],
  [2, 3, 4, 5],
  [0, 3, 4, 5],
  [0, 1, 4, 5],
  [0, 1, 2, 5],
  [0, 1, 3, 4],
  [1, 2, 4, 5],
  [0, 2, 3, 5],
  [0, 1, 2, 3, 4, 5],
];

/** LeNet-5 (LeCun, Bottou, Bengio & Haffner 1998, Gradient-Based Learning Applied to Document Recognition, section II.B). */
export const lenet5: NetworkDescription = {
  name: "LeNet-5",
  input: [32, 32, 1],
  layers: [
    { kind: "convolution", name: "C1", maps: 6, kernel: 5 },
    { kind: "subsampling", name: "S2", window: 2 },
    { kind: "convolution", name: "C3", maps: 16, kernel: 5, sees: seenByC3 },
    { kind: "subsampling", name: "S4", window: 2 },
    { kind: "convolution", name: "C5", maps: 120, kernel: 5 },
    { kind: "dense", name: "F6", units: 84 },
    { kind: "distance", name: "output", units: 10 },
  ],
};
