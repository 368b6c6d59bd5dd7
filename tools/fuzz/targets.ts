import type { FuzzTarget } from "./fuzz_target.ts";
import { checkpointTarget } from "./targets/checkpoint.ts";
import { cifar10Target } from "./targets/cifar_10.ts";
import { baselineTarget, goldenTarget } from "./targets/golden.ts";
import { gzipTarget } from "./targets/gzip.ts";
import { huggingFaceConfigTarget, huggingFaceTokenizerTarget } from "./targets/hugging_face.ts";
import { idxTarget } from "./targets/idx.ts";
import { jpegTarget, pngTarget } from "./targets/images.ts";
import { llama2cTarget, llama2cTokenizerTarget } from "./targets/llama2c.ts";
import { npyTarget } from "./targets/npy.ts";
import { planTarget, resultsTarget, storeTarget, verifyTarget } from "./targets/runner.ts";
import { safeNameTarget } from "./targets/safe_name.ts";
import { safetensorsTarget } from "./targets/safetensors.ts";
import { tarTarget } from "./targets/tar.ts";
import { zipTarget } from "./targets/zip.ts";

/** Every reader of files that somebody else may have made. */
export const fuzzTargets: readonly FuzzTarget[] = [
  idxTarget,
  cifar10Target,
  tarTarget,
  zipTarget,
  gzipTarget,
  safeNameTarget,
  jpegTarget,
  pngTarget,
  npyTarget,
  llama2cTarget,
  llama2cTokenizerTarget,
  safetensorsTarget,
  huggingFaceConfigTarget,
  huggingFaceTokenizerTarget,
  goldenTarget,
  baselineTarget,
  resultsTarget,
  verifyTarget,
  planTarget,
  storeTarget,
  checkpointTarget,
];
