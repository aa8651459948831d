import type { ScoreKind } from "@mhgan/calibration";

/**
 * The scores of a discriminator, after a check that they are what they are said to be.
 *
 * @param caller - the function that an error names.
 * @throws {RangeError} if there are not as many as samples, one is NaN, or one is no probability though `output` says so.
 * @throws {TypeError} if one is not a number.
 */
export function checkedScores(
  caller: string,
  scores: ArrayLike<number>,
  count: number,
  output: ScoreKind,
): ArrayLike<number> {
  if (scores?.length !== count) {
    throw new RangeError(
      `${caller}: score must give one number a sample, ${count}, got ${scores?.length ?? scores}`,
    );
  }
  for (let i = 0; i < count; i++) {
    const score: unknown = scores[i];
    if (typeof score !== "number") {
      throw new TypeError(`${caller}: score must give numbers, got ${typeof score} for sample ${i}`);
    }
    if (Number.isNaN(score))
      throw new RangeError(`${caller}: score must give numbers, got NaN for sample ${i}`);
    if (output === "probability" && !(score >= 0 && score <= 1)) {
      throw new RangeError(
        `${caller}: scores must be in [0, 1] where output is "probability", got ${score} for sample ${i}; if the discriminator gives log odds, say "logit", if any other number, "unbounded"`,
      );
    }
  }
  return scores;
}

const kinds = ["probability", "logit", "unbounded"];

/** @throws {RangeError} if `output` is not a kind of score. */
export function checkOutput(caller: string, output: unknown): asserts output is ScoreKind {
  if (!kinds.includes(output as string)) {
    throw new RangeError(`${caller}: output must be one of ${kinds.join(", ")}, got ${String(output)}`);
  }
}
