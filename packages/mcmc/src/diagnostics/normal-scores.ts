import { normalQuantile } from "../random/normal-quantile.ts";

/**
 * The standard normal quantiles that stand for the ranks 1 to n, (rank − 3/8) / (n + 1/4), each found once when first asked for.
 * Tied draws have a rank between two others, so ranks come doubled, as whole numbers.
 *
 * @see Blom, "Statistical estimates and transformed beta-variables", 1958; Vehtari et al. 2021, equation 14.
 */
export class NormalScores {
  readonly #count: number;
  readonly #known: Float64Array;

  constructor(count: number) {
    this.#count = count;
    this.#known = new Float64Array(2 * count + 1).fill(Number.NaN);
  }

  at(doubledRank: number): number {
    const known = this.#known[doubledRank]!;
    if (!Number.isNaN(known)) return known;
    const score = normalQuantile((doubledRank / 2 - 0.375) / (this.#count + 0.25));
    this.#known[2 * (this.#count + 1) - doubledRank] = -score;
    this.#known[doubledRank] = score;
    return score;
  }
}
