/**
 * What jobs declare of SqueezeNet and MobileNet, without what loads them.
 *
 * @module
 */
import mobileNetList from "../../data/datasets/files/mobilenet_v1_0.25_224.json" with { type: "json" };
import type { InputFormat } from "../input.ts";
import { filesIn } from "./cnn_files.ts";

/** The file of SqueezeNet v1.0. */
export const squeezeNetFile = "squeezenet_v1.0_deep-compression.net";

/** What SqueezeNet v1.0 was trained on. */
export const squeezeNetInput: InputFormat = {
  side: 227,
  channels: [2, 1, 0],
  mean: [104, 117, 123],
  scale: 1,
};

/** The folder of MobileNet v1 0.25. */
export const mobileNetFolder = "mobilenet_v1_0.25_224";

/** The files of MobileNet v1 0.25. */
export const mobileNetFiles: readonly string[] = filesIn(mobileNetFolder, mobileNetList);

/** What MobileNet v1 0.25 was trained on. */
export const mobileNetInput: InputFormat = {
  side: 224,
  channels: [0, 1, 2],
  mean: [127.5, 127.5, 127.5],
  scale: 127.5,
};
