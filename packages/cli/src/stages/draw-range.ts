import { type ArrayBatch, type BackendName, type CalibratedScores, withCalibration } from "@mhgan/gan-core";
import { useBackend } from "@mhgan/gan-core/tfjs";
import { randomStream, type Selector, tempered } from "@mhgan/mcmc";
import type { DrawMethod } from "../draw-methods.ts";
import { UsageError } from "../io.ts";
import {
  type MethodName,
  type MethodOptions,
  type SamplerChoice,
  samplerChoice,
  samplerChoiceOf,
  samplerText,
  selectorOf,
} from "../methods.ts";
import type { RunStages, StageRecord } from "../run-stages.ts";
import { type Drawn, type DrawRange, joined } from "./draw-set.ts";
import { openRefittedGan } from "./refit.ts";
import { openStoredGan, type StoredGan } from "./stored-gan.ts";
import { readScores } from "./stored-scores.ts";

/** What the draws of a set depend on, besides the run. */
export interface DrawOptions extends MethodOptions {
  readonly method: DrawMethod;
  /** Select by the critics of `refit`. */
  readonly refit: boolean;
  readonly draws: number;
  /** The power that weights are raised to. */
  readonly temper: number;
  readonly seed: number;
  readonly backend?: BackendName;
}

const BATCH = 1024;

/** Draws a stretch of a set. */
export async function drawRange(
  run: RunStages,
  train: StageRecord,
  options: DrawOptions,
  range: DrawRange,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Drawn> {
  const { backend } = await useBackend(options.backend);
  const stored = await openStoredGan(run, train);
  try {
    const made =
      options.method === "none"
        ? await plain(stored, options, range, signal, onProgress)
        : await selected(run, stored, options, range, signal, onProgress);
    return { ...made, backend };
  } finally {
    stored.dispose();
  }
}

type Made = Omit<Drawn, "backend">;

async function selected(
  run: RunStages,
  stored: StoredGan,
  options: DrawOptions,
  [from, to]: DrawRange,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Made> {
  const { refit, seed } = options;
  const source = refit
    ? await run.required("refit", "mhgan refit")
    : await run.required("calibrate", "mhgan calibrate");
  const scores = await readScores(run, source, refit ? "refit/" : "");
  const { selector, label } = samplerOf(options, scores, source);
  const refitted = refit ? await openRefittedGan(run, source, stored) : undefined;
  try {
    const gan = withCalibration(refitted?.gan ?? stored.gan, scores);
    const random = randomStream(seed);
    const { samples, info } = await gan.sample({
      draws: to,
      firstDraw: from,
      sampler: selector,
      seed: refit ? random.split("refit").split("samples") : random.split("samples"),
      batchSize: BATCH,
      signal,
      onProgress: ({ draws }) => onProgress(draws - from),
    });
    try {
      const { logWeights, proposalsUsed, acceptCounts, capOuts } = info;
      return {
        samples: await stored.valuesOf(samples),
        label,
        record: {
          logWeights: Array.from(logWeights),
          proposalsUsed: Array.from(proposalsUsed),
          acceptCounts: Array.from(acceptCounts),
          capOuts,
        },
      };
    } finally {
      stored.gan.dispose?.(samples);
    }
  } finally {
    refitted?.dispose();
  }
}

function samplerOf(
  options: DrawOptions,
  scores: CalibratedScores,
  source: StageRecord,
): { readonly selector: Selector; readonly label: string } {
  const { method, refit, temper } = options;
  if (method === "chosen" && !refit) {
    throw new UsageError("--method chosen is of the critics of refit: give --refit too");
  }
  const choice = choiceOf(options, scores, source);
  const selector = selectorOf(choice);
  const label = `${samplerText(choice)}${method === "chosen" ? " (chosen on held-out images)" : ""}`;
  if (temper === 1) return { selector, label };
  return { selector: tempered(selector, temper), label: `${label} --temper ${temper}` };
}

function choiceOf(options: DrawOptions, scores: CalibratedScores, source: StageRecord): SamplerChoice {
  const { method, totalVariation, proposalsPerDraw } = options;
  if (method === "chosen") {
    const { strength } = source.result["strength"] as { strength: number };
    return samplerChoice("obrs", { budget: 1 / strength });
  }
  if (method !== "auto") return samplerChoice(method as Exclude<MethodName, "auto" | "weights">, options);
  if (totalVariation !== undefined && proposalsPerDraw !== undefined) {
    throw new UsageError("--total-variation and --proposals-per-draw cannot both be the target of auto");
  }
  const target =
    proposalsPerDraw === undefined ? { totalVariation: totalVariation ?? 0.01 } : { proposalsPerDraw };
  return samplerChoiceOf(scores.recommend(target));
}

/** Plain samples of the generator. */
async function plain(
  stored: StoredGan,
  { seed }: DrawOptions,
  [from, to]: DrawRange,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Made> {
  const { latent } = stored.gan;
  const random = randomStream(seed).split("raw samples");
  const parts: ArrayBatch[] = [];
  for (let first = from; first < to; first += BATCH) {
    onProgress(first - from);
    await new Promise((resolve) => setImmediate(resolve)); // so that a signal can come in
    signal.throwIfAborted();
    const last = Math.min(to, first + BATCH);
    const latents = new Float32Array((last - first) * latent!.size);
    for (let i = first; i < last; i++)
      latents.set(latent!.draw(1, random.split(i)), (i - first) * latent!.size);
    const batch = await latent!.decode(latents);
    parts.push(await stored.valuesOf(batch));
    stored.gan.dispose?.(batch);
  }
  return {
    samples: joined(parts),
    label: "plain samples",
    record: {
      logWeights: [],
      proposalsUsed: new Array(to - from).fill(1),
      acceptCounts: new Array(to - from).fill(1),
      capOuts: 0,
    },
  };
}
