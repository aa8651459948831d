import { type PairKernel, SIDE } from "./pair-blocks.ts";

/**
 * The inner products of rows; four rows by two at a time, as in `squaredDistances`.
 *
 * @internal
 */
export const innerProducts: PairKernel = (a, aRows, b, bRows, columns, values) => {
  for (let i = 0; i < aRows; i += 4) {
    const a0 = i * columns;
    const a1 = a0 + columns;
    const a2 = a1 + columns;
    const a3 = a2 + columns;
    for (let j = 0; j < bRows; j += 2) {
      const b0 = j * columns;
      const b1 = b0 + columns;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      let s20 = 0;
      let s21 = 0;
      let s30 = 0;
      let s31 = 0;
      for (let k = 0; k < columns; k++) {
        const x0 = a[a0 + k]!;
        const x1 = a[a1 + k]!;
        const x2 = a[a2 + k]!;
        const x3 = a[a3 + k]!;
        const y0 = b[b0 + k]!;
        const y1 = b[b1 + k]!;
        s00 += x0 * y0;
        s01 += x0 * y1;
        s10 += x1 * y0;
        s11 += x1 * y1;
        s20 += x2 * y0;
        s21 += x2 * y1;
        s30 += x3 * y0;
        s31 += x3 * y1;
      }
      const at = i * SIDE + j;
      values[at] = s00;
      values[at + 1] = s01;
      values[at + SIDE] = s10;
      values[at + SIDE + 1] = s11;
      values[at + 2 * SIDE] = s20;
      values[at + 2 * SIDE + 1] = s21;
      values[at + 3 * SIDE] = s30;
      values[at + 3 * SIDE + 1] = s31;
    }
  }
};
