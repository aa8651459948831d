import {
  type ArrayBatch,
  type BackendName,
  type CalibratedGan,
  type CalibratedScores,
  type GanSampleOptions,
  type GanSamples,
  stratifyGan,
  withCalibration,
} from "@mhgan/gan-core";
import { useBackend } from "@mhgan/gan-core/tfjs";
import { type RandomStream, randomStream, type Selector, tempered } from "@mhgan/mcmc";
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
import { readHeldOut } from "./held-out.ts";
import { openRefittedGan, type RefittedGan } from "./refit.ts";
import { openStoredGan, type StoredGan } from "./stored-gan.ts";
import { readScores } from "./stored-scores.ts";

/** What the draws of a set depend on, besides the run. */
export interface DrawOptions extends MethodOptions {
  /** How to draw. */
  readonly method: DrawMethod;
  /** Select by the critics of `refit`. */
  readonly refit: boolean;
  /** How many to draw. */
  readonly draws: number;
  /** The power that weights are raised to. */
  readonly temper: number;
  /** Seed of all random numbers. */
  readonly seed: number;
  /** The TensorFlow.js engine. Default: the best that loads. */
  readonly backend?: BackendName;
}

const BATCH = 1024;
/** Share of the proposals to accept: sixteen for a draw. */
const CLASS_BUDGET = 1 / 16;
/** Images generated to make its rule: enough to meet rare classes, but few real images do not know their shares better. */
const MOST_PILOTS = 16_384;
const PILOTS_A_REAL = 40;

/** What draws the samples of a set, any stretch of them. */
export interface Drawer {
  draw(range: DrawRange, signal: AbortSignal, onProgress?: (done: number) => void): Promise<Drawn>;
  dispose(): void;
}

/** Loads what a set is drawn with: models, scores, and the rule of selection, which is made once. */
export async function openDrawer(
  run: RunStages,
  train: StageRecord,
  options: DrawOptions,
  signal: AbortSignal,
): Promise<Drawer> {
  const { backend } = await useBackend(options.backend);
  const stored = await openStoredGan(run, train);
  try {
    if (options.method === "none") {
      return {
        draw: async (range, ...rest) => ({ ...(await plain(stored, options, range, ...rest)), backend }),
        dispose: () => stored.dispose(),
      };
    }
    const selection = await openSelection(run, train, stored, options, signal);
    return {
      draw: async (range, ...rest) => ({ ...(await selected(stored, selection, range, ...rest)), backend }),
      dispose: () => {
        selection.dispose();
        stored.dispose();
      },
    };
  } catch (error) {
    stored.dispose();
    throw error;
  }
}

interface Selection {
  readonly label: string;
  readonly random: RandomStream;
  sample(given: Omit<GanSampleOptions, "sampler">): Promise<GanSamples<unknown>>;
  dispose(): void;
}

async function openSelection(
  run: RunStages,
  train: StageRecord,
  stored: StoredGan,
  options: DrawOptions,
  signal: AbortSignal,
): Promise<Selection> {
  const { refit, seed, method } = options;
  if (!refit && ["chosen", "by-class"].includes(method)) {
    throw new UsageError(`--method ${method} is of the critics of refit: give --refit too`);
  }
  const source = refit
    ? await run.required("refit", "mhgan refit")
    : await run.required("calibrate", "mhgan calibrate");
  const scores = await readScores(run, source, refit ? "refit/" : "");
  const random = refit ? randomStream(seed).split("refit") : randomStream(seed);
  const refitted = refit ? await openRefittedGan(run, source, stored) : undefined;
  const dispose = () => refitted?.dispose();
  try {
    const gan = withCalibration(refitted?.gan ?? stored.gan, scores);
    if (refitted && method === "by-class") {
      const real = await readHeldOut(run, train);
      return { ...(await byClass(gan, refitted, real, options, random, signal)), random, dispose };
    }
    const { selector, label } = samplerOf(options, scores, source);
    return { label, random, sample: (given) => gan.sample({ ...given, sampler: selector }), dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** By budgeted rejection within the classes that the critics' network names, in the shares of held-out images. */
async function byClass(
  gan: CalibratedGan<unknown>,
  { classes, classCount }: RefittedGan,
  real: ArrayBatch,
  { budget = CLASS_BUDGET, temper }: DrawOptions,
  random: RandomStream,
  signal: AbortSignal,
): Promise<Pick<Selection, "label" | "sample">> {
  if (temper !== 1) throw new UsageError("--temper is not for --method by-class");
  const stratified = await stratifyGan(gan, {
    classes,
    classCount,
    real,
    budget,
    pilotCount: Math.min(MOST_PILOTS, PILOTS_A_REAL * real.shape[0]!),
    seed: random.split("classes"),
    signal,
  });
  return { label: `by-class --budget ${budget}`, sample: (given) => stratified.sample(given) };
}

type Made = Omit<Drawn, "backend">;

async function selected(
  stored: StoredGan,
  { sample, random, label }: Selection,
  [from, to]: DrawRange,
  signal: AbortSignal,
  onProgress?: (done: number) => void,
): Promise<Made> {
  const { samples, info } = await sample({
    draws: to,
    firstDraw: from,
    seed: random.split("samples"),
    batchSize: BATCH,
    signal,
    onProgress: ({ draws }) => onProgress?.(draws - from),
  });
  try {
    const { logWeights, proposalsUsed, acceptCounts, capOuts } = info;
    const record = {
      logWeights: Array.from(logWeights),
      proposalsUsed: Array.from(proposalsUsed),
      acceptCounts: Array.from(acceptCounts),
      capOuts,
    };
    return { samples: await stored.valuesOf(samples), label, record };
  } finally {
    stored.gan.dispose?.(samples);
  }
}

function samplerOf(
  options: DrawOptions,
  scores: CalibratedScores,
  source: StageRecord,
): { readonly selector: Selector; readonly label: string } {
  const { method, temper } = options;
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
  onProgress?: (done: number) => void,
): Promise<Made> {
  const { latent } = stored.gan;
  const random = randomStream(seed).split("raw samples");
  const parts: ArrayBatch[] = [];
  for (let first = from; first < to; first += BATCH) {
    onProgress?.(first - from);
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
