/**
 * What all trained networks of this project have in common.
 *
 * @module
 */
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { ReadContext } from "../../data/sources/source.ts";
import type { ImageNetClass } from "../image_net_classes.ts";
import type { InputFormat } from "../input.ts";

/** One stage of a network, by the layers of its model that give its activations. */
export interface Stage {
  /** As papers call it, such as `"fire5"`. */
  readonly name: string;
  /** The layer before its nonlinearity. */
  readonly before: string;
  /** The layer of its nonlinearity. */
  readonly after: string;
}

/** A trained network: what it reads, what it is shown, and how it is made. */
export interface PretrainedNetwork {
  /** Its full name. */
  readonly title: string;
  /** The id of its data set in the registry. */
  readonly dataset: string;
  /** The files of it that {@linkcode PretrainedNetwork.load} reads: what a job declares. */
  readonly files: readonly string[];
  /** What it was trained on. */
  readonly input: InputFormat;
  /** Its stages, from the input on. */
  readonly stages: readonly Stage[];
  /**
   * Loads it on the current backend of tfjs.
   *
   * @param context Reads the files, verified.
   * @returns A model from `(batch, side, side, 3)` to what it gives at its end: of classifiers `(batch, 1000)` before the softmax.
   * @throws {DataError} Where a file is none of such a network.
   */
  load(context: Pick<ReadContext, "read">): Promise<LayersModel>;
}

/** A trained network that tells the classes of ImageNet apart. */
export interface Classifier extends PretrainedNetwork {
  /** The files that {@linkcode Classifier.classes} reads. */
  readonly classFiles: readonly string[];
  /**
   * What its outputs stand for, in their order.
   *
   * @param context Reads the files, verified.
   * @throws {DataError} Where a file is none of 1,000 classes.
   */
  classes(context: Pick<ReadContext, "read">): Promise<ImageNetClass[]>;
}

/** Rows and columns of what a network is shown. */
export interface InputSize {
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
}

/** A classifier of convolutions alone and a mean over places, which takes images of any size. */
export interface ConvolutionalClassifier extends Classifier {
  /** The last stage before the classes have units of their own, whose maps class activation maps are made of. */
  readonly lastStage: Stage;
  /** The layer of 1x1 filters that has one for each class. */
  readonly classLayer: string;
  /**
   * Loads it for images of another size than it was trained on.
   *
   * @param context Reads the files, verified.
   * @param size Rows and columns.
   * @throws {DataError} Where a file is none of such a network.
   */
  loadAt(context: Pick<ReadContext, "read">, size: InputSize): Promise<LayersModel>;
  /** The network for a size of images, without what it has learnt: every weight has the value that its layer starts from. */
  untrained(size: InputSize): LayersModel;
}
