import { requireCount, requirePositive, requireRandom } from "../requirements.ts";
import type { Distribution } from "./distribution.ts";

/** Options of {@link checkerboard}. */
export interface CheckerboardOptions {
  /** The squares on either side, an even number from 2. Default 4. */
  readonly squares?: number;
  /** Half the width of the board, which is centred at 0. Default 4. */
  readonly extent?: number;
}

/**
 * Uniform on every other square of a board: edges and corners that a smooth generator cannot follow. The square at the lowest x and y
 * is taken.
 *
 * @returns Its density is one number on the squares taken, and 0 elsewhere, where its logarithm is `-Infinity`.
 * @throws {RangeError} if `squares` is no even number from 2, or `extent` is not positive and finite.
 * @example
 * ```ts
 * import { checkerboard } from "@mhgan/datasets";
 * const board = checkerboard();
 * board.sample(100, Math.random).length; // => 200
 * board.density([-3, -3, -1, -3, 9, 9]); // ≈ [0.03125, 0, 0]
 * ```
 */
export function checkerboard({ squares = 4, extent = 4 }: CheckerboardOptions = {}): Distribution {
  requireCount("checkerboard", "squares", squares, 2);
  if (squares % 2 !== 0) {
    throw new RangeError(`checkerboard: squares must be an even number from 2, got ${squares}`);
  }
  requirePositive("checkerboard", "extent", extent);
  const side = (2 * extent) / squares;
  const logDensityInside = Math.log(2) - 2 * Math.log(2 * extent);

  function sample(count: number, random: () => number): Float64Array {
    requireCount("sample", "count", count);
    requireRandom("sample", random);
    const points = new Float64Array(2 * count);
    for (let at = 0; at < points.length; at += 2) {
      // Any place in x; in y a place on half of the board, spread to the squares of this column.
      const x = random() * squares;
      const y = (random() * squares) / 2;
      const column = Math.floor(x);
      const pair = Math.floor(y);
      points[at] = (x - squares / 2) * side;
      points[at + 1] = (y + pair + (column % 2) - squares / 2) * side;
    }
    return points;
  }

  function logDensity(points: ArrayLike<number>): Float64Array {
    if (points.length % 2 !== 0) {
      throw new RangeError(
        `logDensity: points must hold 2 numbers for each point, got ${points.length} numbers`,
      );
    }
    const result = new Float64Array(points.length / 2);
    for (let i = 0; i < result.length; i++) {
      const column = Math.floor((points[2 * i]! + extent) / side);
      const row = Math.floor((points[2 * i + 1]! + extent) / side);
      if (Number.isNaN(column + row) && (Number.isNaN(points[2 * i]!) || Number.isNaN(points[2 * i + 1]!))) {
        throw new RangeError(`logDensity: points must be numbers, got NaN in point ${i}`);
      }
      const isOnBoard = column >= 0 && column < squares && row >= 0 && row < squares;
      result[i] = isOnBoard && (column + row) % 2 === 0 ? logDensityInside : -Infinity;
    }
    return result;
  }

  return { dimensions: 2, sample, logDensity, density: (points) => logDensity(points).map(Math.exp) };
}
