import { requirePositive, requirePositiveCount } from "../requirements.ts";
import type { Features } from "./features.ts";
import { innerProducts } from "./inner-products.ts";
import { medianDistanceOf } from "./median-distance.ts";
import { type PairKernel, SIDE } from "./pair-blocks.ts";
import { squaredDistances } from "./squared-distances.ts";

/** (scale · x·y + offset)^degree: compares moments up to the degree. */
export interface PolynomialKernel {
  /** Which kernel it is. */
  readonly kind: "polynomial";
  /** An integer from 1. Default: 3. */
  readonly degree?: number;
  /** Above 0. Default: 1 / columns. */
  readonly scale?: number;
  /** From 0. Default: 1. */
  readonly offset?: number;
}

/** exp(−|x − y|² / (2 bandwidth²)): sees every difference of laws. */
export interface GaussianKernel {
  /** Which kernel it is. */
  readonly kind: "gaussian";
  /** Above 0. Default: `medianDistance(real, fake)`; give one number to compare several sets. */
  readonly bandwidth?: number;
}

/**
 * A similarity of two rows: symmetric and positive definite, else the discrepancy means nothing. It is called with the
 * rows as doubles, for pairs in any order, and must neither keep nor change them.
 */
export type MmdKernel = PolynomialKernel | GaussianKernel | ((x: Float64Array, y: Float64Array) => number);

/**
 * Checks a kernel and gives what evaluates it in blocks.
 *
 * @internal
 */
export function pairKernel(caller: string, kernel: MmdKernel, real: Features, fake: Features): PairKernel {
  if (typeof kernel === "function") return ofFunction(kernel);
  switch (kernel.kind) {
    case "polynomial": {
      const { degree = 3, scale = 1 / real.shape[1]!, offset = 1 } = kernel;
      requirePositiveCount(caller, "kernel.degree", degree);
      requirePositive(caller, "kernel.scale", scale);
      if (!(offset >= 0)) {
        throw new RangeError(`${caller}: kernel.offset must not be negative, got ${String(offset)}`);
      }
      return transformed(innerProducts, (product) => power(scale * product + offset, degree));
    }
    case "gaussian": {
      const bandwidth = kernel.bandwidth ?? medianDistanceOf(real, fake);
      if (kernel.bandwidth === undefined && bandwidth === 0) {
        throw new RangeError(
          `${caller}: kernel.bandwidth must be given where half of the distances are 0, got undefined`,
        );
      }
      requirePositive(caller, "kernel.bandwidth", bandwidth);
      // Twice a division, as the square of a bandwidth may underflow where the ratio does not.
      return transformed(squaredDistances, (square) => Math.exp(-square / bandwidth / bandwidth / 2));
    }
    default:
      throw new RangeError(
        `${caller}: kernel must be a function or of kind "polynomial" or "gaussian", got ${JSON.stringify(kernel)}`,
      );
  }
}

/** By multiplication: the same bits on any engine. */
function power(base: number, exponent: number): number {
  let result = base;
  for (let i = 1; i < exponent; i++) result *= base;
  return result;
}

function transformed(pairs: PairKernel, transform: (value: number) => number): PairKernel {
  return (a, aRows, b, bRows, columns, values) => {
    pairs(a, aRows, b, bRows, columns, values);
    for (let i = 0; i < aRows; i++) {
      for (let at = i * SIDE, end = at + bRows; at < end; at++) values[at] = transform(values[at]!);
    }
  };
}

function ofFunction(kernel: (x: Float64Array, y: Float64Array) => number): PairKernel {
  return (a, aRows, b, bRows, columns, values) => {
    const others = Array.from({ length: bRows }, (_, j) => b.subarray(j * columns, (j + 1) * columns));
    for (let i = 0; i < aRows; i++) {
      const row = a.subarray(i * columns, (i + 1) * columns);
      for (let j = 0; j < bRows; j++) values[i * SIDE + j] = kernel(row, others[j]!);
    }
  };
}
