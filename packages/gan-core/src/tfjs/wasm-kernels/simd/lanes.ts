import {
  type Binary,
  binary,
  type Code,
  i32,
  type,
  type Unary,
  unary,
  unsigned,
  type ValueType,
} from "./assembler.ts";

/** Vector instructions are a prefix and a number. */
const vector = (number: number): number[] => [0xfd, ...unsigned(number)];
/** Alignment 4 (a hint) and an offset in bytes follow every memory instruction. */
const load =
  (...opcode: number[]) =>
  (address: Code, offset = 0): Code => [...address, ...opcode, 2, ...unsigned(offset)];
const store =
  (...opcode: number[]) =>
  (address: Code, value: Code, offset = 0): Code => [...address, ...value, ...opcode, 2, ...unsigned(offset)];

/** The same arithmetic on one number and on four at once, so that a kernel is written once. */
export interface Lanes {
  readonly width: 1 | 4;
  readonly type: ValueType;
  load(address: Code, offset?: number): Code;
  store(address: Code, value: Code, offset?: number): Code;
  /** All lanes of a scalar parameter. */
  splat(value: Code): Code;
  add(a: Code, b: Code): Code;
  sub(a: Code, b: Code): Code;
  mul(a: Code, b: Code): Code;
  div(a: Code, b: Code): Code;
  max(a: Code, b: Code): Code;
  min(a: Code, b: Code): Code;
  sqrt(a: Code): Code;
  /** a > b ? then : otherwise. */
  whereGreater(a: Code, b: Code, then: Code, otherwise: Code): Code;
  /** 2ᵏ from the float k + 1.5 · 2²³, whose lowest bits are k, for k in [−126, 127], and the number 1. */
  powerOfTwo(a: Code, one: Code): Code;
}

/** The exponent of a float32 stands from this bit on: k there, added to the bits of 1, makes 2ᵏ. */
const exponentBit = i32.const(23);

export const f32: Lanes & { const(value: number): Code } = {
  const: (value) => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)],
  width: 1,
  type: type.f32,
  load: load(0x2a),
  store: store(0x38),
  splat: (value) => value,
  add: binary(0x92),
  sub: binary(0x93),
  mul: binary(0x94),
  div: binary(0x95),
  max: binary(0x97),
  min: binary(0x96),
  sqrt: unary(0x91),
  whereGreater: (a, b, then, otherwise) => [...then, ...otherwise, ...a, ...b, 0x5e, 0x1b],
  // 0xbc, 0xbe: the bits of a float as an integer and back.
  powerOfTwo: (a, one) => [...i32.add(i32.shiftLeft([...a, 0xbc], exponentBit), [...one, 0xbc]), 0xbe],
};

export const f32x4: Lanes & { readonly zero: Code; loadSplat(address: Code, offset?: number): Code } = {
  zero: [...vector(0x0c), ...Array(16).fill(0)],
  width: 4,
  type: type.v128,
  load: load(...vector(0x00)),
  loadSplat: load(...vector(0x09)),
  store: store(...vector(0x0b)),
  splat: unary(...vector(0x13)),
  add: binary(...vector(0xe4)),
  sub: binary(...vector(0xe5)),
  mul: binary(...vector(0xe6)),
  div: binary(...vector(0xe7)),
  max: binary(...vector(0xe9)),
  min: binary(...vector(0xe8)),
  sqrt: unary(...vector(0xe3)),
  whereGreater: (a, b, then, otherwise) => [
    ...then,
    ...otherwise,
    ...a,
    ...b,
    ...vector(0x44),
    ...vector(0x52),
  ],
  // i32x4.shl, i32x4.add
  powerOfTwo: (a, one) => [...a, ...exponentBit, ...vector(0xab), ...one, ...vector(0xae)],
};

/** Moves the 8-byte halves of two vectors: byte i of the result is byte lanes[i] of both. */
const shuffle =
  (lanes: readonly number[]): Binary =>
  (a, b) => [...a, ...b, ...vector(0x0d), ...lanes];
/** Lanes of four bytes. */
const words = (...lanes: number[]): number[] =>
  lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte));
const bytes = (from: number): number[] => Array.from({ length: 8 }, (_, i) => from + i);
const highHalf = shuffle([...bytes(8), ...bytes(8)]);

export const f64x2: {
  add: Binary;
  /** The lower two of four float32. */
  promoteLow: Unary;
  /** Two float32, and zeros above them. */
  demote: Unary;
  /** The upper half in place of the lower. */
  high: Unary;
  /** The lower halves of both. */
  joinLow: Binary;
} = {
  add: binary(...vector(0xf0)),
  promoteLow: unary(...vector(0x5f)),
  demote: unary(...vector(0x5e)),
  high: (a) => highHalf(a, a),
  joinLow: shuffle([...bytes(0), ...bytes(16)]),
};

export const interleave: Record<"low32" | "high32" | "low64" | "high64", Binary> = {
  low32: shuffle(words(0, 4, 1, 5)),
  high32: shuffle(words(2, 6, 3, 7)),
  low64: shuffle(words(0, 1, 4, 5)),
  high64: shuffle(words(2, 3, 6, 7)),
};
