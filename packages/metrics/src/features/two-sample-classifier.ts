import type { Features } from "./features.ts";

/** Scores rows: for each the probability that it is real, in [0, 1]. */
export type ScoreRows = (rows: Features) => ArrayLike<number>;

/**
 * Learns to tell real rows from fake ones.
 *
 * @param rows - rows of both kinds.
 * @param isReal - for each row 1 if it is real, 0 if it is fake.
 * @returns what scores other rows of as many columns.
 */
export type TwoSampleClassifier = (rows: Features, isReal: Uint8Array) => ScoreRows;
