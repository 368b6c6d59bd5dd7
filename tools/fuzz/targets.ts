import type { FuzzTarget } from "./fuzz_target.ts";
import { checkpointTarget } from "./targets/checkpoint.ts";
import { cifar10Target } from "./targets/cifar_10.ts";
import {
  classNamesTarget,
  deepImageTarget,
  maskTarget,
  pgmTarget,
  uspsTarget,
} from "./targets/data_readers.ts";
import { baselineTarget, goldenTarget } from "./targets/golden.ts";
import { gitObjectTarget, gitPackTarget } from "./targets/git_objects.ts";
import { gzipTarget } from "./targets/gzip.ts";
import {
  huggingFaceConfigTarget,
  huggingFaceSettingsTarget,
  huggingFaceTokenizerTarget,
} from "./targets/hugging_face.ts";
import { idxTarget } from "./targets/idx.ts";
import { jpegTarget, pngTarget } from "./targets/images.ts";
import { llama2cTarget, llama2cTokenizerTarget } from "./targets/llama2c.ts";
import { modelIndexTarget } from "./targets/model_folder.ts";
import { npyTarget, pythonLiteralTarget } from "./targets/npy.ts";
import {
  deepCompressionTarget,
  integersTarget,
  mxnetTarget,
  onnxTarget,
  tfjsModelTarget,
} from "./targets/pretrained.ts";
import { planTarget, resultsTarget, storeTarget, verifyTarget } from "./targets/runner.ts";
import { safeNameTarget } from "./targets/safe_name.ts";
import { safetensorsTarget } from "./targets/safetensors.ts";
import { tarTarget } from "./targets/tar.ts";
import { textTarget } from "./targets/text.ts";
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
  pythonLiteralTarget,
  llama2cTarget,
  llama2cTokenizerTarget,
  safetensorsTarget,
  huggingFaceConfigTarget,
  huggingFaceTokenizerTarget,
  huggingFaceSettingsTarget,
  modelIndexTarget,
  goldenTarget,
  baselineTarget,
  resultsTarget,
  verifyTarget,
  planTarget,
  storeTarget,
  checkpointTarget,
  textTarget,
  gitObjectTarget,
  gitPackTarget,
  maskTarget,
  deepImageTarget,
  pgmTarget,
  uspsTarget,
  classNamesTarget,
  deepCompressionTarget,
  integersTarget,
  mxnetTarget,
  tfjsModelTarget,
  onnxTarget,
];
