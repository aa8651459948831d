/** An n-dimensional array as an NPY file holds it, row-major. `dtype` says which typed array `data` is. */
export type NpyArray = {
  [Type in NpyType]: {
    /** The type of the numbers in the file. */
    readonly dtype: Type;
    /** The numbers, row-major; for a complex type, real and imaginary part of each in turn. */
    readonly data: NpyData[Type];
    /** The length of each dimension, the slowest first; none for a single number. */
    readonly shape: readonly number[];
  };
}[NpyType];

/** The types of numbers that are read and written, by NumPy's names. */
export type NpyType = keyof NpyData;

/** The typed array that holds the numbers of each type. */
export interface NpyData {
  /** 0 or 1. */
  readonly bool: Uint8Array;
  /** Integers from −128 to 127. */
  readonly int8: Int8Array;
  /** Integers of 16 bits, with a sign. */
  readonly int16: Int16Array;
  /** Integers of 32 bits, with a sign. */
  readonly int32: Int32Array;
  /** Integers of 64 bits, with a sign: bigints. */
  readonly int64: BigInt64Array;
  /** Integers from 0 to 255. */
  readonly uint8: Uint8Array;
  /** Integers of 16 bits, from 0. */
  readonly uint16: Uint16Array;
  /** Integers of 32 bits, from 0. */
  readonly uint32: Uint32Array;
  /** Integers of 64 bits, from 0: bigints. */
  readonly uint64: BigUint64Array;
  /** Every half-precision number is a single-precision one. */
  readonly float16: Float32Array;
  /** Single precision. */
  readonly float32: Float32Array;
  /** Double precision. */
  readonly float64: Float64Array;
  /** Two numbers of single precision in turn: real and imaginary part. */
  readonly complex64: Float32Array;
  /** Two numbers of double precision in turn: real and imaginary part. */
  readonly complex128: Float64Array;
}

/** How the numbers of a type lie in a file. @internal */
export interface NpyFormat {
  /** Kind and bytes of a number, as the header says them. */
  readonly code: string;
  /** The bytes of what is written in one piece, in one order or the other: a complex number has two of them. */
  readonly width: number;
  /** How many elements of `data` make one number. */
  readonly parts: 1 | 2;
  readonly array: new (buffer: ArrayBuffer) => NpyData[NpyType];
}

/** @internal */
export const NPY_FORMATS: Readonly<Record<NpyType, NpyFormat>> = {
  bool: { code: "b1", width: 1, parts: 1, array: Uint8Array },
  int8: { code: "i1", width: 1, parts: 1, array: Int8Array },
  int16: { code: "i2", width: 2, parts: 1, array: Int16Array },
  int32: { code: "i4", width: 4, parts: 1, array: Int32Array },
  int64: { code: "i8", width: 8, parts: 1, array: BigInt64Array },
  uint8: { code: "u1", width: 1, parts: 1, array: Uint8Array },
  uint16: { code: "u2", width: 2, parts: 1, array: Uint16Array },
  uint32: { code: "u4", width: 4, parts: 1, array: Uint32Array },
  uint64: { code: "u8", width: 8, parts: 1, array: BigUint64Array },
  float16: { code: "f2", width: 2, parts: 1, array: Float32Array },
  float32: { code: "f4", width: 4, parts: 1, array: Float32Array },
  float64: { code: "f8", width: 8, parts: 1, array: Float64Array },
  complex64: { code: "c8", width: 4, parts: 2, array: Float32Array },
  complex128: { code: "c16", width: 8, parts: 2, array: Float64Array },
};

/** As many dimensions as NumPy can have. @internal */
export const NPY_MAX_DIMENSIONS = 64;
