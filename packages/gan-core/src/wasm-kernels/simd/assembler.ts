/**
 * A small assembler for WebAssembly: instructions as nested function calls, in the order of their operands.
 *
 * It exists so that the vector kernels are source code in this package, without a compiler in the build or a binary in the repository.
 *
 * @see WebAssembly Core Specification, chapter 5 (binary format).
 */
export type Code = readonly number[];

export const type = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;
export type ValueType = (typeof type)[keyof typeof type];

/** A local variable or parameter of the function being written. */
export interface Local {
  readonly get: Code;
  set(value: Code): Code;
}

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

/** Signed LEB128 of a 32-bit integer. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

type Binary = (a: Code, b: Code) => Code;
type Unary = (a: Code) => Code;

const binary =
  (...opcode: number[]): Binary =>
  (a, b) => [...a, ...b, ...opcode];
const unary =
  (...opcode: number[]): Unary =>
  (a) => [...a, ...opcode];
/** Vector instructions are a prefix and a number. */
const vector = (number: number): number[] => [0xfd, ...unsigned(number)];
/** Alignment 4 (a hint) and an offset in bytes follow every memory instruction. */
const load =
  (...opcode: number[]) =>
  (address: Code, offset = 0): Code => [...address, ...opcode, 2, ...unsigned(offset)];
const store =
  (...opcode: number[]) =>
  (address: Code, value: Code, offset = 0): Code => [...address, ...value, ...opcode, 2, ...unsigned(offset)];

export const i32: {
  const(value: number): Code;
  add: Binary;
  sub: Binary;
  mul: Binary;
  and: Binary;
  shiftLeft: Binary;
  lessThan: Binary;
  lessThanUnsigned: Binary;
} = {
  const: (value) => [0x41, ...signed(value)],
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  and: binary(0x71),
  shiftLeft: binary(0x74),
  lessThan: binary(0x48),
  lessThanUnsigned: binary(0x49),
};

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
  sqrt(a: Code): Code;
  /** a > b ? then : otherwise. */
  whereGreater(a: Code, b: Code, then: Code, otherwise: Code): Code;
}

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
  sqrt: unary(0x91),
  whereGreater: (a, b, then, otherwise) => [...then, ...otherwise, ...a, ...b, 0x5e, 0x1b],
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
  sqrt: unary(...vector(0xe3)),
  whereGreater: (a, b, then, otherwise) => [
    ...then,
    ...otherwise,
    ...a,
    ...b,
    ...vector(0x44),
    ...vector(0x52),
  ],
};

/** Moves the 8-byte halves of two vectors: byte i of the result is byte lanes[i] of both. */
const shuffle =
  (lanes: readonly number[]): Binary =>
  (a, b) => [...a, ...b, ...vector(0x0d), ...lanes];
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

/** Repeats `body` while the condition, tested before each turn, holds. */
export function whileLoop(condition: Code, ...body: Code[]): Code {
  // block { loop { if !condition break; body; continue } }
  return [0x02, 0x40, 0x03, 0x40, ...condition, 0x45, 0x0d, 1, ...body.flat(), 0x0c, 0, 0x0b, 0x0b];
}
