/** The numbers of rows of the frame, d times a power of two; those of a smaller one are the first rows of a larger one. */
export const frameRows: readonly number[] = [16, 32, 64, 128, 256];

/** The largest number of rows. */
export const mostRows = frameRows.at(-1)!;

/** The dimensions in which the worst mean is sought. */
export const riskDimensions: readonly number[] = [4, 64, 1024, 65536];

/** The rectifier against the samples themselves, with p rows. */
export function againstSamples(p: number): string {
  return `order/error/p=${p}/relu-x`;
}

/** More rows against fewer. */
export function againstFewerRows(more: number, fewer: number): string {
  return `order/error/relu/p=${more}-p=${fewer}`;
}

/** The worst mean in d coordinates. */
export function riskCell(d: number): string {
  return `risk/d=${d}`;
}

/** The cells of which there is one. */
export const cells = {
  identity: "identity/gaussian",
  identityOfMixture: "control/identity/mixture",
  identityOfEllipse: "control/identity/uniform",
  identityOffMean: "control/identity/mean",
  fisherAtChance: "chance/x/fisher",
  affineAtChance: "chance/x/affine",
  reluBelowAffine: `order/error/p=${mostRows}/relu-affine`,
  bayesBelowRelu: `order/error/p=${mostRows}/bayes-relu`,
  gap: `gap/p=${mostRows}`,
  sameCovariance: "control/relu/same-covariance",
  blindFrame: "control/relu/blind-frame",
  sparseVariance: "soft/sparse/variance",
  denseVariance: "soft/dense/variance",
  sparseMean: "soft/sparse/mean",
  denseMean: "control/soft/dense/mean",
  sparseBias: "soft/sparse/bias",
  sparseSeparation: "soft/sparse/separation",
  denseSeparation: "control/soft/dense/separation",
  photographMeans: "order/soft/photographs/pixels-db2",
  photographVariance: "soft/photographs/db2/variance",
  riskEverywhere: "risk/every-d",
  halfThreshold: "control/risk/half-threshold",
  noThreshold: "control/risk/no-threshold",
} as const;
