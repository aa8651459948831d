/** An n-dimensional array as an IDX file holds it, row-major. `type` says which typed array `data` is. */
export type IdxArray = {
  [Type in IdxType]: {
    /** The type of the numbers in the file. */
    readonly type: Type;
    /** The numbers, row-major. */
    readonly data: IdxData[Type];
    /** The length of each dimension, the slowest first. Their product is `data.length`. */
    readonly shape: readonly number[];
  };
}[IdxType];

/** The types of numbers that an IDX file may hold. */
export type IdxType = keyof IdxData;

/** The typed array that holds the numbers of each IDX type. */
export interface IdxData {
  /** From 0 to 255. */
  readonly uint8: Uint8Array;
  /** From −128 to 127. */
  readonly int8: Int8Array;
  /** From −2¹⁵ to 2¹⁵ − 1. */
  readonly int16: Int16Array;
  /** From −2³¹ to 2³¹ − 1. */
  readonly int32: Int32Array;
  /** Single precision. */
  readonly float32: Float32Array;
  /** Double precision. */
  readonly float64: Float64Array;
}

/** How the numbers of a type lie in a file. @internal */
export interface IdxFormat {
  /** The third byte of the file. */
  readonly code: number;
  readonly array: {
    new (length: number): IdxData[IdxType];
    new (buffer: ArrayBuffer): IdxData[IdxType];
    readonly BYTES_PER_ELEMENT: number;
  };
}

/** @internal */
export const IDX_FORMATS: Readonly<Record<IdxType, IdxFormat>> = {
  uint8: { code: 0x08, array: Uint8Array },
  int8: { code: 0x09, array: Int8Array },
  int16: { code: 0x0b, array: Int16Array },
  int32: { code: 0x0c, array: Int32Array },
  float32: { code: 0x0d, array: Float32Array },
  float64: { code: 0x0e, array: Float64Array },
};

/** The names of the types. @internal */
export const IDX_TYPES = Object.keys(IDX_FORMATS) as readonly IdxType[];
