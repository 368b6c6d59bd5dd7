/**
 * The kinds of image of this project, all of them row-major.
 *
 * @module
 */

/** A colour image: `data` is `(height, width, 3)`, red, green, blue, 8 bits each. */
export interface RgbImage {
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
  /** `height * width * 3` samples in 0..255. */
  readonly data: Uint8Array;
}

/** A grey image: `data` is `(height, width)`. */
export interface GrayImage {
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
  /** `height * width` values; the scale is that of whatever made them. */
  readonly data: Float64Array;
}

/** A colour image of 16 bits: `data` is `(height, width, 3)`, red, green, blue. */
export interface DeepImage {
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
  /** `height * width * 3` samples in 0..65535. */
  readonly data: Uint16Array;
}

/** The class of every pixel of another image: `data` is `(height, width)`. */
export interface ClassMask {
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
  /** `height * width` numbers of classes in 0..255. */
  readonly data: Uint8Array;
}
