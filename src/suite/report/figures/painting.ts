/**
 * What a renderer paints: markup and pixel images apart, since Skia's SVG reader paints no `<image>`.
 *
 * @module
 */

/** An image at its place; it lies below the marks. */
export interface PlacedImage {
  /** The left edge in px of the painting. */
  readonly x: number;
  /** The upper edge in px of the painting. */
  readonly y: number;
  /** The painted width in px. */
  readonly width: number;
  /** The painted height in px. */
  readonly height: number;
  /** A PNG file; its pixels are painted as squares, never smoothed. */
  readonly png: Uint8Array;
}

/** A painting with its origin in the upper left corner. */
export interface Painting {
  /** In px. */
  readonly width: number;
  /** In px. */
  readonly height: number;
  /** SVG elements, from the lowest to the uppermost. */
  readonly marks: readonly string[];
  /** The images, all below the marks. */
  readonly images: readonly PlacedImage[];
}
