/** Images of one size with a class each. */
export interface LabelledImages {
  /** How many. */
  readonly count: number;
  /** 1 for grey, 3 for red, green, blue. */
  readonly channels: number;
  /** Rows. */
  readonly height: number;
  /** Columns. */
  readonly width: number;
  /** `(count, channels, height, width)`, values in 0..255. */
  readonly images: Uint8Array;
  /** `(count)`, values in 0..9. */
  readonly labels: Uint8Array;
}
