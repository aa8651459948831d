import type { Io } from "../io.ts";
import { inMethodNames, samplerChoiceOf, samplerText } from "../methods.ts";
import { RunStages } from "../run-stages.ts";
import { readScores } from "../stages/stored-scores.ts";
import { textTable } from "../text-table.ts";
import { prose } from "../wrapped.ts";
import { writeWarnings } from "../write-warnings.ts";

/** Options of `mhgan predict`. */
export interface PredictOptions {
  /** Folder of the run. */
  readonly folder: string;
  /** Whether to go by the critics of `mhgan refit` instead of the GAN's own discriminator. */
  readonly refit: boolean;
  /** Chain lengths to predict. */
  readonly chainLength?: number;
  /** Total variation to reach. */
  readonly totalVariation: number;
  /** Whether the result is printed as one line of JSON instead of text. */
  readonly json: boolean;
}

/** Says what samplers will do, from the scores of a run alone: nothing is generated. */
export async function runPredict(options: PredictOptions, io: Io): Promise<void> {
  const { refit, chainLength, totalVariation, json } = options;
  const run = await RunStages.open(options.folder);
  const stage = await run.required(
    refit ? "refit" : "calibrate",
    `mhgan ${refit ? "refit" : "calibrate"} ${options.folder}`,
  );
  const scores = await readScores(run, stage, refit ? "refit/" : "");
  const lengths = chainLength === undefined ? [1, 4, 16, 64, 256, 640] : [chainLength];
  const chains = lengths.map((length) => scores.predict({ chainLength: length }));
  const recommendation = scores.recommend({ totalVariation });
  const { report, prediction } = scores;
  const needed = prediction.chainLength(totalVariation, "target");
  writeWarnings(io, [...report.warnings, ...recommendation.warnings]);
  if (json) {
    const { acceptanceRate, maximumWeight, relativeEffectiveSampleSize } = prediction;
    io.stdout.write(
      `${JSON.stringify({ command: "predict", folder: run.path, refit, acceptanceRate, maximumWeight, relativeEffectiveSampleSize, chains, totalVariation, chainLength: needed, recommendation })}\n`,
    );
    return;
  }
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const table = textTable(
    ["chain length", "acceptance", "never left the start", "total variation", "proposals a draw"],
    chains.map((chain) => [
      String(chain.chainLength),
      percent(chain.acceptanceRate),
      percent(chain.capOutRate),
      chain.totalVariation.toFixed(4),
      chain.proposalsPerDraw.toFixed(1),
    ]),
  );
  const others = textTable(
    ["sampler", "total variation", "proposals a draw"],
    [recommendation, ...recommendation.alternatives].map((choice) => [
      samplerText(samplerChoiceOf(choice)),
      choice.totalVariation.toFixed(4),
      choice.proposalsPerDraw.toFixed(1),
    ]),
  );
  io.stdout.write(
    prose(
      io.stdout,
      `${table}\n\nFor a total variation of ${totalVariation} chains need K = ${needed}.\nRecommended: ${inMethodNames(recommendation.reason)}\n\n${others}\n`,
    ),
  );
}
