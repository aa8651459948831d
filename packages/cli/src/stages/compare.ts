import { type BackendName, type CalibratedScores, withCalibration } from "@mhgan/gan-core";
import { useBackend } from "@mhgan/gan-core/tfjs";
import {
  metropolisHastings,
  type RandomStream,
  randomStream,
  type Selector,
  selectFromArray,
} from "@mhgan/mcmc";
import type { PredictedChoice, SelectorChoice } from "@mhgan/mcmc/predictions";
import type { Io } from "../io.ts";
import { samplerChoiceOf, samplerText, selectorOf } from "../methods.ts";
import { progress } from "../progress.ts";
import type { RunStages, StageOutcome } from "../run-stages.ts";
import { FEWEST_VALUES, type ScoreDistance, scoreDistance } from "../score-distance.ts";
import { openRefittedGan } from "./refit.ts";
import { openStoredGan } from "./stored-gan.ts";
import { readScores } from "./stored-scores.ts";

/** Options of {@link compareStage}. */
export interface CompareStageOptions {
  /** Whether to go by the critics of `mhgan refit` instead of the GAN's own discriminator. */
  readonly refit: boolean;
  /** Fresh images to select from. */
  readonly proposals: number;
  /** Draws of each sampler at most. */
  readonly draws: number;
  /** Seed of all random numbers. */
  readonly seed: number;
  /** The TensorFlow.js engine. Default: the best that loads. */
  readonly backend?: BackendName;
  /** Whether to begin anew, and to replace what is finished and what rests on it. */
  readonly force: boolean;
}

/** Chains of one length, predicted and measured. */
export interface ComparedChains {
  readonly chainLength: number;
  readonly predictedTotalVariation: number;
  readonly predictedCapOut: number;
  readonly measured?: ScoreDistance;
  readonly measuredCapOut?: number;
}

/** A sampler with its settings, predicted and measured. */
export interface ComparedSampler {
  readonly name: string;
  readonly cost: number;
  readonly totalVariation: number;
  /** Whether it is what is recommended. */
  readonly chosen: boolean;
  readonly measured?: ScoreDistance;
  readonly measuredCost?: number;
  readonly draws: number;
}

/** What {@link compareStage} finds. */
export interface Comparison {
  readonly chains: readonly ComparedChains[];
  readonly samplers: readonly ComparedSampler[];
  readonly predictedAcceptance: number;
  /** Of one chain along all proposals. */
  readonly measuredAcceptance: number;
  readonly proposals: number;
}

const CHAIN_LENGTHS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 640];
const BLOCK = 1024;
/** Below this many draws a distance says nothing. */
const FEWEST = 100;

const samplersOf = (scores: CalibratedScores): SelectorChoice[] => {
  const restart = "fresh" as const;
  return [
    ...[2, 4, 8, 16, 32].map((cost) => ({
      selector: "budgetedRejection" as const,
      options: { budget: 1 / cost },
    })),
    ...[4, 16, 64, 640].map((chainLength) => ({
      selector: "metropolisHastings" as const,
      options: { chainLength, restart },
    })),
    ...[4, 16, 64].map((candidates) => ({
      selector: "importanceResampling" as const,
      options: { candidates },
    })),
    ...[4, 16].map((candidates) => ({
      selector: "iteratedSir" as const,
      options: { candidates, steps: 4, restart },
    })),
    ...(scores.logWeightBound < Infinity ? [{ selector: "couplingFromThePast" as const, options: {} }] : []),
  ];
};

/** Compares samplers on the same fresh images: what was predicted of each, and what it did. */
export function compareStage(run: RunStages, options: CompareStageOptions, io: Io): Promise<StageOutcome> {
  const { refit, proposals, draws, seed, force } = options;
  const prefix = refit ? "refit/" : "";
  const stage = {
    name: refit ? "compare:refit" : "compare",
    options: { refit, proposals, draws, seed },
    inputs: ["train", refit ? "refit" : "calibrate"],
    force,
  };
  return run.run(stage, async (writer) => {
    const train = await run.required("train", "mhgan train");
    const source = await run.required(
      refit ? "refit" : "calibrate",
      `mhgan ${refit ? "refit" : "calibrate"}`,
    );
    const scores = await readScores(run, source, prefix);
    requireEnoughReal(scores.realLogWeights.length);
    await useBackend(options.backend);
    const stored = await openStoredGan(run, train);
    const refitted = refit ? await openRefittedGan(run, source, stored) : undefined;
    const random = randomStream(seed).split("compare");
    try {
      const gan = withCalibration(refitted?.gan ?? stored.gan, scores);
      const bar = progress(io.stderr, "compare", proposals, "images");
      const raw = new Float64Array(proposals);
      for (let done = 0; done < proposals; ) {
        io.signal.throwIfAborted();
        const count = Math.min(BLOCK, proposals - done);
        const batch = await gan.gan.generate(count, random.split("images").split(done));
        try {
          raw.set(await gan.gan.score(batch), done);
        } finally {
          gan.gan.dispose?.(batch);
        }
        done += count;
        bar.update(done);
      }
      bar.finish();
      const comparison = compared(scores, scores.logWeights(raw), draws, random.split("draws"));
      await writer.write(`${prefix}compare.json`, `${JSON.stringify(comparison, null, 1)}\n`);
      const best = comparison.samplers.find(({ chosen }) => chosen)!;
      return { proposals, recommended: best.name, cost: best.cost, totalVariation: best.totalVariation };
    } finally {
      refitted?.dispose();
      stored.dispose();
    }
  });
}

/** @throws {Error} if distances from so few real samples would say nothing. */
function requireEnoughReal(count: number): void {
  if (count >= FEWEST_VALUES) return;
  throw new Error(
    `at least ${FEWEST_VALUES} held-out real images are needed to compare samplers, but the run has ${count}`,
  );
}

function compared(
  scores: CalibratedScores,
  logWeights: Float64Array,
  draws: number,
  random: RandomStream,
): Comparison {
  const { logWeightBound, pilotLogWeights, realLogWeights, prediction } = scores;
  const run = ({ selector }: { readonly selector: Selector }, name: string, most = draws) => {
    const { picked, capOuts, proposalsUsed } = selectFromArray(logWeights, {
      selector,
      logWeightBound,
      pilotLogWeights,
      startLogWeights: realLogWeights,
      draws: most,
      seed: random.split(name),
    });
    const drawn = Float64Array.from(picked, (index) =>
      index >= 0 ? logWeights[index]! : realLogWeights[-1 - index]!,
    );
    const used = proposalsUsed.reduce((sum, each) => sum + each, 0);
    return {
      draws: picked.length,
      capOutRate: capOuts / proposalsUsed.length,
      measuredCost: used / picked.length,
      ...(picked.length >= FEWEST && {
        measured: scoreDistance(drawn, realLogWeights, random.split(`distance ${name}`)),
      }),
    };
  };
  const chains = CHAIN_LENGTHS.map((chainLength): ComparedChains => {
    const selector = metropolisHastings({ chainLength, restart: "fresh" });
    const { measured, capOutRate, draws: made } = run({ selector }, `chains of ${chainLength}`);
    return {
      chainLength,
      predictedTotalVariation: prediction.totalVariation(chainLength, "target"),
      predictedCapOut: prediction.capOut(chainLength),
      ...(measured && { measured }),
      ...(made >= FEWEST && { measuredCapOut: capOutRate }),
    };
  });
  const predict = (choice: SelectorChoice): PredictedChoice => ({
    ...choice,
    ...prediction[choice.selector]({ ...choice.options, start: "target", logWeightBound } as never),
  });
  const recommended = scores.recommend({ totalVariation: 0.01 });
  const choices = samplersOf(scores).map(predict);
  const nameOf = (choice: SelectorChoice) => samplerText(samplerChoiceOf(choice));
  if (!choices.some((choice) => nameOf(choice) === nameOf(recommended))) choices.push(recommended);
  const samplers = choices.map((choice): ComparedSampler => {
    const label = nameOf(choice);
    const selector = selectorOf(samplerChoiceOf(choice));
    const { measured, measuredCost, draws: made } = run({ selector }, label);
    return {
      name: label,
      cost: choice.proposalsPerDraw,
      totalVariation: choice.totalVariation,
      chosen: label === nameOf(recommended),
      draws: made,
      ...(measured && { measured, measuredCost }),
    };
  });
  const plain = scoreDistance(logWeights.subarray(0, draws), realLogWeights, random.split("plain"));
  const all = selectFromArray(logWeights, {
    selector: metropolisHastings({ chainLength: logWeights.length, restart: "never" }),
    startLogWeights: realLogWeights,
    draws: 1,
    seed: random.split("one chain"),
  });
  return {
    chains,
    samplers: [
      {
        name: "plain samples",
        cost: 1,
        totalVariation: prediction.totalVariation(0, "proposal"),
        chosen: false,
        draws: Math.min(draws, logWeights.length),
        measured: plain,
        measuredCost: 1,
      },
      ...samplers.sort((a, b) => a.cost - b.cost),
    ],
    predictedAcceptance: prediction.acceptanceRate,
    measuredAcceptance: all.acceptanceRate,
    proposals: logWeights.length,
  };
}
