/** Why no PNG can be painted here: Skia cannot be loaded, or the font of its text is missing. */
export class CanvasError extends Error {
  /** Tells the class across threads. */
  override readonly name = "CanvasError";
}
