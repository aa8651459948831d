import { advance, type Code, i32, type, whileLoop } from "./assembler.ts";
import { f32, f32x4, interleave } from "./lanes.ts";
import type { FunctionSource } from "./module.ts";

/**
 * Copies `count` vectors of length `depth` side by side: target[d * width + v] = source[v * across + d * along].
 * All arguments but `count` and `depth` are in bytes; `targetStride` is the bytes from d to d + 1.
 */
const packVectors: FunctionSource = {
  name: "packVectors",
  parameters: Array(7).fill(type.i32),
  body(write, [source, target, targetStride, across, along, count, depth]) {
    const [from, to, d, v] = write.locals(type.i32, 4);
    return [
      v!.set(i32.const(0)),
      whileLoop(
        i32.lessThan(v!.get, count!.get),
        from!.set(i32.add(source!.get, i32.mul(v!.get, across!.get))),
        to!.set(i32.add(target!.get, i32.shiftLeft(v!.get, i32.const(2)))),
        d!.set(i32.const(0)),
        whileLoop(
          i32.lessThan(d!.get, depth!.get),
          f32.store(to!.get, f32.load(from!.get)),
          advance(from!, along!.get),
          advance(to!, targetStride!.get),
          advance(d!, i32.const(1)),
        ),
        advance(v!, i32.const(1)),
      ),
    ];
  },
};

/** `packVectors` where neighbours in the target are neighbours in the source: copies four at once. Width 4 or 8. */
function packNeighbours(width: 4 | 8): FunctionSource {
  return {
    name: `packNeighbours${width}`,
    parameters: Array(4).fill(type.i32),
    body(write, [source, target, along, depth]) {
      const end = write.local(type.i32);
      const vectors = Array.from({ length: width / 4 }, (_, i) => 16 * i);
      return [
        end.set(i32.add(target!.get, i32.mul(depth!.get, i32.const(4 * width)))),
        whileLoop(
          i32.lessThanUnsigned(target!.get, end.get),
          ...vectors.map((offset) => f32x4.store(target!.get, f32x4.load(source!.get, offset), offset)),
          advance(source!, along!.get),
          advance(target!, i32.const(4 * width)),
        ),
      ];
    },
  };
}

/**
 * `packVectors` of four vectors that are contiguous, by transposing 4x4 blocks: target[4 d + v] = source[v * across + 4 d bytes].
 * Writes whole blocks only: `depth` is rounded down to a multiple of four.
 */
const packTransposed: FunctionSource = {
  name: "packTransposed",
  parameters: Array(4).fill(type.i32),
  body(write, [source, target, across, depth]) {
    const end = write.local(type.i32);
    const rows = write.locals(type.i32, 3);
    const values = write.locals(type.v128, 4);
    const [a, b, c, d] = values.map((value) => value.get) as [Code, Code, Code, Code];
    const pairs = write.locals(type.v128, 4);
    const [ab, abHigh, cd, cdHigh] = pairs.map((pair) => pair.get) as [Code, Code, Code, Code];
    const block = [
      interleave.low64(ab, cd),
      interleave.high64(ab, cd),
      interleave.low64(abHigh, cdHigh),
      interleave.high64(abHigh, cdHigh),
    ];
    const bytes = i32.shiftLeft(i32.and(depth!.get, i32.const(~3)), i32.const(2));
    return [
      end.set(i32.add(source!.get, bytes)),
      ...rows.map((row, i) => row.set(i32.add(i === 0 ? source!.get : rows[i - 1]!.get, across!.get))),
      whileLoop(
        i32.lessThanUnsigned(source!.get, end.get),
        ...[source!, ...rows].map((row, i) => values[i]!.set(f32x4.load(row.get))),
        pairs[0]!.set(interleave.low32(a, b)),
        pairs[1]!.set(interleave.high32(a, b)),
        pairs[2]!.set(interleave.low32(c, d)),
        pairs[3]!.set(interleave.high32(c, d)),
        ...block.map((vector, i) => f32x4.store(target!.get, vector, 16 * i)),
        ...[source!, ...rows].map((row) => advance(row, i32.const(16))),
        advance(target!, i32.const(64)),
      ),
    ];
  },
};

export const packFunctions: readonly FunctionSource[] = [
  packVectors,
  packNeighbours(4),
  packNeighbours(8),
  packTransposed,
];
