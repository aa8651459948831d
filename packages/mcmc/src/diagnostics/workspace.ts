import { FourierTransform } from "./fourier-transform.ts";
import { NormalScores } from "./normal-scores.ts";

/** Tables that depend on sizes alone: made once, shared by the diagnostics of many quantities. */
export class Workspace {
  #scores: NormalScores | undefined;
  #scoresCount = 0;
  #fourier: FourierTransform | undefined;

  normalScores(count: number): NormalScores {
    if (this.#scores === undefined || this.#scoresCount !== count) {
      this.#scores = new NormalScores(count);
      this.#scoresCount = count;
    }
    return this.#scores;
  }

  fourierTransform(size: number): FourierTransform {
    if (this.#fourier?.size !== size) this.#fourier = new FourierTransform(size);
    return this.#fourier;
  }
}
