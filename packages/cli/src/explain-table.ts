import type { PredictedSampler, ScoreExplanation } from "./explain-scores.ts";
import { samplerText } from "./methods.ts";
import { textTable } from "./text-table.ts";

/** An explanation as tables for people. */
export function explanationTable(explanation: ScoreExplanation): string {
  const { calibration, chosen, recommended, chainLength, target } = explanation;
  const { before, after, fittedOn, evaluatedOn } = calibration;
  const counts = ({ real, fake }: typeof fittedOn) =>
    `${real.toLocaleString("en")} real and ${fake.toLocaleString("en")} fake scores`;
  const pair = (name: string, figure: (of: typeof before) => number, digits: number) => [
    name,
    figure(before).toFixed(digits),
    figure(after).toFixed(digits),
  ];
  const reliability = textTable(
    ["calibration", "before", "after"],
    [
      pair("Z (calibrated: −2 to 2)", ({ z }) => z, 2),
      pair("Z of Spiegelhalter", ({ spiegelhalterZ }) => spiegelhalterZ, 2),
      pair("expected calibration error", (of) => of.expectedCalibrationError, 4),
    ],
  );
  const { proposals } = chainLength;
  const weights = textTable(
    ["weights", ""],
    [
      ["AUC of the scores", calibration.auc.toFixed(4)],
      [
        "mean weight (right: 1)",
        `${calibration.meanWeight.toFixed(3)} ± ${calibration.meanWeightError.toFixed(3)}`,
      ],
      ["largest weight w*", bounded(explanation.maximumWeight)],
      ["effective sample size, of the proposals", percent(explanation.relativeEffectiveSampleSize)],
      ["acceptance rate of a long chain", percent(explanation.acceptanceRate)],
      ...(chosen?.capOutRate === undefined
        ? []
        : [["chains that never leave their start", percent(chosen.capOutRate)]]),
      [
        `chain length for a total variation of ${chainLength.totalVariation}`,
        proposals === null ? "none" : proposals.toLocaleString("en"),
      ],
    ],
  );
  const row = (mark: string, sampler: PredictedSampler) => [
    `${mark}${samplerText(sampler)}`,
    sampler.totalVariation.toFixed(4),
    sampler.proposalsPerDraw.toFixed(1),
  ];
  const samplers = textTable(
    ["sampler", "total variation", "proposals per draw"],
    [
      ...(chosen === undefined ? [] : [row("chosen: ", chosen)]),
      ...explanation.samplers.map((sampler) => row("", sampler)),
    ],
  );
  const wish =
    "totalVariation" in target
      ? `a total variation of ${target.totalVariation}`
      : `${Number(target.proposalsPerDraw.toPrecision(4))} proposals a draw`;
  return [
    `Fitted on ${counts(fittedOn)}, measured on ${counts(evaluatedOn)}.`,
    reliability,
    weights,
    `Predicted from ${explanation.pilots.toLocaleString("en")} fake scores, each sampler at its best for ${wish}:`,
    samplers,
    `Recommended: --method ${samplerText(recommended)}\n${explanation.reason}`,
  ].join("\n\n");
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const bounded = (weight: number): string => (weight === Infinity ? "no bound" : weight.toFixed(1));
