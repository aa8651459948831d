import type { FitCalibrator } from "../calibrator.ts";
import { fitCentredIsotonic } from "../isotonic/fit-centred-isotonic.ts";
import { fitIsotonic } from "../isotonic/fit-isotonic.ts";
import { pooledTails } from "../isotonic/tails/pooled-tails.ts";
import { fitBeta } from "../parametric/fit-beta.ts";
import { fitPlatt } from "../parametric/fit-platt.ts";
import { fitTemperature } from "../parametric/fit-temperature.ts";
import { identityCalibrator } from "../parametric/identity-calibrator.ts";
import { checkInput, type ScoreKind } from "../score-kind.ts";
import { fitVennAbers } from "../venn-abers/fit-venn-abers.ts";

/** Options of {@link standardCalibrators}. */
export interface StandardCalibratorsOptions {
  /** What the scores say; it is never guessed from the numbers. */
  readonly input: ScoreKind;
}

/**
 * The calibrators worth a try for scores of a kind, for `compareCalibrators`. Unbounded scores: isotonic and centred isotonic with
 * pooled tails, Venn-ABERS and Platt. Probabilities and logits: also temperature, beta, and the scores as they are, "identity".
 *
 * @throws {RangeError} if `input` is no kind of score.
 * @example
 * ```ts
 * import { standardCalibrators } from "@mhgan/calibration";
 * Object.keys(standardCalibrators({ input: "unbounded" })); // => ["isotonic", "centred-isotonic", "venn-abers", "platt"]
 * ```
 */
export function standardCalibrators({ input }: StandardCalibratorsOptions): Record<string, FitCalibrator> {
  checkInput("standardCalibrators", input, ["probability", "logit", "unbounded"]);
  const tails = pooledTails();
  const anyScore: Record<string, FitCalibrator> = {
    isotonic: (scores, labels, { weights }) => fitIsotonic(scores, labels, { weights, tails }),
    "centred-isotonic": (scores, labels, { weights }) =>
      fitCentredIsotonic(scores, labels, { weights, tails }),
    "venn-abers": fitVennAbers,
    platt: (scores, labels, { weights }) => fitPlatt(scores, labels, { weights, input }),
  };
  if (input === "unbounded") return anyScore;
  return {
    ...anyScore,
    temperature: (scores, labels, { weights }) => fitTemperature(scores, labels, { weights, input }),
    beta: (scores, labels, { weights }) => fitBeta(scores, labels, { weights, input }),
    identity: () => identityCalibrator({ input }),
  };
}
