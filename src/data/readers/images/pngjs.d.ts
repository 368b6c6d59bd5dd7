/** The part of pngjs 7.0.0 that this project uses; the package ships no types. */
declare class PNG {
  constructor(options: { width: number; height: number });
  readonly width: number;
  readonly height: number;
  /** `(height, width, 4)`: red, green, blue, alpha; a `Uint16Array` where 16 bits were read and not rescaled. */
  data: Uint8Array | Uint16Array;
  static readonly sync: {
    read(bytes: Uint8Array, options?: { skipRescale?: boolean }): PNG;
    write(image: PNG, options?: { colorType?: 0 | 2 | 4 | 6; inputHasAlpha?: boolean }): Uint8Array;
  };
}
declare const pngjs: { PNG: typeof PNG };
export default pngjs;
