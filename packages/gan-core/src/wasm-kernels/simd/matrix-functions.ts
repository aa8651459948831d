import { type Code, f32, f32x4, i32, type Local, type, whileLoop } from "./assembler.ts";
import type { FunctionSource } from "./module.ts";

/** Rows and columns of the piece of a product that is kept in registers: 8 of the 16 vector registers of x64. */
export const tileRows = 4;
export const tileColumns = 8;

/** Adds `step` to a local. */
const advance = (local: Local, step: Code): Code => local.set(i32.add(local.get, step));

/**
 * Copies `count` vectors of length `depth` side by side: target[d * width + v] = source[v * across + d * along].
 * All arguments but `count` and `depth` are in bytes; `targetStride` is the bytes from d to d + 1.
 */
export const packVectors: FunctionSource = {
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
 * Four rows of a product: C[4, 8 p] = A[4, depth] B[depth, 8 p] from packed panels, for p panels of B.
 * One step of the inner loop is a rank-1 update of a 4x8 tile, 8 multiplications and additions of four numbers.
 */
export const multiplyPanels: FunctionSource = {
  name: "multiplyPanels",
  parameters: Array(6).fill(type.i32),
  body(write, [aPanel, bPanels, c, cStride, panels, depth]) {
    const [a, b, aEnd, panel, row] = write.locals(type.i32, 5);
    const tile = Array.from({ length: tileRows }, () => write.locals(type.v128, tileColumns / 4));
    const [left, right, factor] = write.locals(type.v128, 3);
    return [
      aEnd!.set(i32.add(aPanel!.get, i32.mul(depth!.get, i32.const(4 * tileRows)))),
      b!.set(bPanels!.get),
      panel!.set(i32.const(0)),
      whileLoop(
        i32.lessThan(panel!.get, panels!.get),
        ...tile.flat().map((sum) => sum.set(f32x4.zero)),
        a!.set(aPanel!.get),
        whileLoop(
          i32.lessThanUnsigned(a!.get, aEnd!.get),
          left!.set(f32x4.load(b!.get)),
          right!.set(f32x4.load(b!.get, 16)),
          ...tile.flatMap(([sumLeft, sumRight], r) => [
            factor!.set(f32x4.loadSplat(a!.get, 4 * r)),
            sumLeft!.set(f32x4.add(sumLeft!.get, f32x4.mul(left!.get, factor!.get))),
            sumRight!.set(f32x4.add(sumRight!.get, f32x4.mul(right!.get, factor!.get))),
          ]),
          advance(a!, i32.const(4 * tileRows)),
          advance(b!, i32.const(4 * tileColumns)),
        ),
        row!.set(i32.add(c!.get, i32.mul(panel!.get, i32.const(4 * tileColumns)))),
        ...tile.flatMap(([sumLeft, sumRight]) => [
          f32x4.store(row!.get, sumLeft!.get),
          f32x4.store(row!.get, sumRight!.get, 16),
          advance(row!, cStride!.get),
        ]),
        advance(panel!, i32.const(1)),
      ),
    ];
  },
};

export const matrixFunctions: readonly FunctionSource[] = [
  packVectors,
  packNeighbours(4),
  packNeighbours(8),
  multiplyPanels,
];
