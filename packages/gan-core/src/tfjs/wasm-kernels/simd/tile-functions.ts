import { advance, i32, type, whileLoop } from "./assembler.ts";
import { f32x4 } from "./lanes.ts";
import type { FunctionSource } from "./module.ts";

/** Rows and columns of the piece of a product that is kept in registers: 8 of the 16 vector registers of x64. */
export const tileRows = 4;
export const tileColumns = 8;

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
