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

export type Binary = (a: Code, b: Code) => Code;
export type Unary = (a: Code) => Code;

export const binary =
  (...opcode: number[]): Binary =>
  (a, b) => [...a, ...b, ...opcode];
export const unary =
  (...opcode: number[]): Unary =>
  (a) => [...a, ...opcode];
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

/** Repeats `body` while the condition, tested before each turn, holds. */
export function whileLoop(condition: Code, ...body: Code[]): Code {
  // block { loop { if !condition break; body; continue } }
  return [0x02, 0x40, 0x03, 0x40, ...condition, 0x45, 0x0d, 1, ...body.flat(), 0x0c, 0, 0x0b, 0x0b];
}

/** Adds `step` to a local. */
export function advance(local: Local, step: Code): Code {
  return local.set(i32.add(local.get, step));
}
