/**
 * What a renderer draws: markup and pixel images apart, since Skia's SVG reader draws no `<image>`.
 *
 * @module
 */

/** An image at its place; it lies below the marks. */
export interface PlacedImage {
  /** The left edge in px of the drawing. */
  readonly x: number;
  /** The upper edge in px of the drawing. */
  readonly y: number;
  /** The drawn width in px. */
  readonly width: number;
  /** The drawn height in px. */
  readonly height: number;
  /** A PNG file; its pixels are drawn as squares, never smoothed. */
  readonly png: Uint8Array;
}

/** A drawing with its origin in the upper left corner. */
export interface Drawing {
  /** In px. */
  readonly width: number;
  /** In px. */
  readonly height: number;
  /** SVG elements, from the lowest to the uppermost. */
  readonly marks: readonly string[];
  /** The images, all below the marks. */
  readonly images: readonly PlacedImage[];
}
