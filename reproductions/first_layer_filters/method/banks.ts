/**
 * The banks of first filters, by name.
 *
 * @module
 */

/** Networks that others trained on ImageNet, whose first filters are large enough to be fitted. */
export const networkNames = ["squeezenet", "alexnet", "resnet152", "inception-bn"] as const;

/** The name of such a network. */
export type NetworkName = typeof networkNames[number];

/** Every bank: those networks, a network trained on CIFAR-10, and a convolutional restricted Boltzmann machine of Kyoto's images. */
export const bankNames = [...networkNames, "cifar10", "cdbn"] as const;

/** The name of a bank. */
export type BankName = typeof bankNames[number];

/** What nothing was learnt in: an orthogonal mixture, the same filters with random phases, and white noise. */
export const controlNames = ["mix", "phase", "white"] as const;

/** The name of a control. */
export type ControlName = typeof controlNames[number];

/** As a figure names them. */
export const bankTitles: Readonly<Record<BankName, string>> = {
  "squeezenet": "SqueezeNet",
  "alexnet": "AlexNet",
  "resnet152": "ResNet-152",
  "inception-bn": "Inception-BN",
  "cifar10": "CIFAR-10 network",
  "cdbn": "convolutional RBM",
};

/** As a figure names them. */
export const controlTitles: Readonly<Record<ControlName, string>> = {
  mix: "mixed",
  phase: "random phases",
  white: "white noise",
};
