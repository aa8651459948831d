import { i32, type, whileLoop } from "./assembler.ts";
import { f32x4, f64x2 } from "./lanes.ts";
import type { FunctionSource } from "./module.ts";

/** Columns that `columnSums` adds up in one pass over the rows. */
export const columnGroup = 8;

/**
 * Sums eight neighbouring columns of a row-major matrix in float64: y[j] = scale * sum of x[i, j].
 * Parameters: x, y, bytes from row to row, address after the last row, scale.
 */
export const columnSums: FunctionSource = {
  name: "columnSums",
  parameters: [type.i32, type.i32, type.i32, type.i32, type.f32],
  body(write, [x, y, stride, end, scale]) {
    const [left, right] = write.locals(type.v128, 2);
    const sums = write.locals(type.v128, 4);
    const factor = f32x4.splat(scale!.get);
    return [
      ...sums.map((sum) => sum.set(f32x4.zero)),
      whileLoop(
        i32.lessThanUnsigned(x!.get, end!.get),
        left!.set(f32x4.load(x!.get)),
        right!.set(f32x4.load(x!.get, 16)),
        ...[left!, right!].flatMap((half, i) => [
          sums[2 * i]!.set(f64x2.add(sums[2 * i]!.get, f64x2.promoteLow(half.get))),
          sums[2 * i + 1]!.set(f64x2.add(sums[2 * i + 1]!.get, f64x2.promoteLow(f64x2.high(half.get)))),
        ]),
        x!.set(i32.add(x!.get, stride!.get)),
      ),
      ...[0, 1].map((i) => {
        const four = f64x2.joinLow(f64x2.demote(sums[2 * i]!.get), f64x2.demote(sums[2 * i + 1]!.get));
        return f32x4.store(y!.get, f32x4.mul(four, factor), 16 * i);
      }),
    ];
  },
};
