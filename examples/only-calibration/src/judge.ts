import {
  calibrationZ,
  expectedCalibrationError,
  logLoss,
  type ReliabilityCurve,
  reliabilityCurve,
  spiegelhalterZ,
} from "@mhgan/calibration";

export interface Judgement {
  readonly curve: ReliabilityCurve;
  /** Are the probabilities right on average? Standard normal if so. */
  readonly z: number;
  /** Are they neither too bold nor too timid? Standard normal if so. */
  readonly spiegelhalterZ: number;
  readonly expectedCalibrationError: number;
  readonly logLoss: number;
  /** What is lost if spam is thrown away wherever that is the cheaper mistake: 1 for a spam that is kept, `costOfLoss` for a mail that is lost. */
  readonly cost: number;
}

/** Holds probabilities of spam against what the emails were. */
export function judge(
  probabilities: ArrayLike<number>,
  isSpam: readonly boolean[],
  costOfLoss: number,
): Judgement {
  const curve = reliabilityCurve(probabilities, isSpam, { bins: 10 });
  const cost = isSpam.reduce((sum, spam, i) => {
    const thrownAway = probabilities[i]! > costOfLoss * (1 - probabilities[i]!);
    return sum + (spam ? Number(!thrownAway) : costOfLoss * Number(thrownAway));
  }, 0);
  return {
    curve,
    z: calibrationZ(probabilities, isSpam).z,
    spiegelhalterZ: spiegelhalterZ(probabilities, isSpam).z,
    expectedCalibrationError: expectedCalibrationError(curve),
    logLoss: logLoss(probabilities, isSpam),
    cost,
  };
}
