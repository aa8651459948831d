import { checkChoice, toFinite, toProbabilities } from "./checks.ts";
import { logit } from "./numerics/log-odds.ts";

/**
 * What a score says; only the caller knows, so it is never guessed from the numbers.
 * - `"probability"`: of the positive class, in [0, 1];
 * - `"logit"`: its log odds, as before a final sigmoid;
 * - `"unbounded"`: any number that grows with the positive class, such as a margin, or the output of a least-squares GAN or a critic.
 */
export type ScoreKind = "probability" | "logit" | "unbounded";

/**
 * What a formula of the log odds is fed: logits and unbounded scores as they are, probabilities, clipped to
 * [clip, 1 − clip], through the logit. Never the caller's own array.
 */
export function toLogits(
  caller: string,
  scores: ArrayLike<number>,
  input: ScoreKind,
  clip: number,
): Float64Array {
  if (input !== "probability") return new Float64Array(toFinite(caller, "scores", scores));
  const probabilities = toProbabilities(caller, scores, "scores");
  return probabilities.map((p) => logit(Math.min(1 - clip, Math.max(clip, p))));
}

/** Refuses an `input` that is not among those a method can work with. */
export function checkInput(caller: string, input: unknown, allowed: readonly ScoreKind[]): void {
  checkChoice(caller, "input", input, allowed);
}

/** 2⁻⁵², how far probabilities of 0 and 1 are moved inwards unless the caller says: a float64 keeps no less above 0.5. */
export const DEFAULT_CLIP = 2.220446049250313e-16;

/** Refuses a `clip` that is no number in (0, 0.5), or one that is given though no probabilities are. */
export function checkClip(caller: string, clip: unknown, input: ScoreKind): void {
  if (clip === undefined) return;
  if (input !== "probability") {
    throw new RangeError(
      `${caller}: clip must be left out unless input is "probability", got ${String(clip)}`,
    );
  }
  if (!(typeof clip === "number" && clip > 0 && clip < 0.5)) {
    throw new RangeError(`${caller}: clip must be a number in (0, 0.5), got ${String(clip)}`);
  }
}
