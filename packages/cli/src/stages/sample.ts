import { formatNpy, parseNpy } from "@mhgan/datasets";
import { type ArrayBatch, type BackendName, type CalibratedScores, withCalibration } from "@mhgan/gan-core";
import { useBackend } from "@mhgan/gan-core/tfjs";
import { randomStream, type Selector, tempered } from "@mhgan/mcmc";
import type { DrawMethod, Shard } from "../draw-methods.ts";
import type { Io } from "../io.ts";
import { UsageError } from "../io.ts";
import {
  type MethodName,
  type MethodOptions,
  requireMethodOptions,
  type SamplerChoice,
  samplerChoice,
  samplerChoiceOf,
  samplerText,
  selectorOf,
} from "../methods.ts";
import { progress } from "../progress.ts";
import { imageGrid } from "../report/image-grid.ts";
import type { RunStages, StageOutcome, StageRecord, StageWriter } from "../run-stages.ts";
import { joined } from "./join-draws.ts";
import { openRefittedGan } from "./refit.ts";
import { drawInThreads } from "./sample-threads.ts";
import { openStoredGan, type StoredGan } from "./stored-gan.ts";
import { readScores } from "./stored-scores.ts";

/** Options of {@link sampleStage}. */
export interface SampleStageOptions extends MethodOptions {
  readonly method: DrawMethod;
  /** Select by the critics of `refit`. */
  readonly refit: boolean;
  readonly draws: number;
  /** The power that weights are raised to. */
  readonly temper: number;
  readonly seed: number;
  /** What the set of draws is called. */
  readonly name: string;
  readonly shard?: Shard;
  /** Worker threads that share the draws. Default 1: none besides this one. */
  readonly threads?: number;
  readonly backend?: BackendName;
  readonly force: boolean;
}

/** What is known of a set of draws, one entry for each. */
export interface DrawsRecord {
  readonly logWeights: readonly number[];
  readonly proposalsUsed: readonly number[];
  readonly acceptCounts: readonly number[];
  readonly capOuts: number;
}

/** Images in a picture of a set. */
const SHOWN = 15;
const BATCH = 1024;

export const setStage = (name: string, shard?: Shard): string =>
  `sample:${name}${shard ? `:${shard.part}-of-${shard.parts}` : ""}`;

/** What a set is called if it is not named. */
export function setNameOf({ method, refit }: { method: DrawMethod; refit: boolean }): string {
  if (method === "none") return "gan";
  if (method === "chosen") return "refit";
  return refit ? `refit-${method}` : method;
}

/** @throws {UsageError} if it is no name for a folder. */
export function requireSetName(name: string): void {
  if (/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(name)) return;
  throw new UsageError(
    `--name must be letters, digits, points, dashes and underscores, got ${JSON.stringify(name)}`,
  );
}

/**
 * Draws a set of samples, or a shard of one. Draw i depends on the seed and i alone, so all shards together are the set to the bit.
 */
export function sampleStage(run: RunStages, options: SampleStageOptions, io: Io): Promise<StageOutcome> {
  const { name, shard, method, refit, force } = options;
  requireSetName(name);
  requireMethodOptions(method, options);
  const bySelf = method !== "none";
  const stage = {
    name: setStage(name, shard),
    options: { ...settingsOf(options), ...(shard && { shard }) },
    inputs: bySelf ? ["train", refit ? "refit" : "calibrate"] : ["train"],
    force,
  };
  return run.run(stage, async (writer) => {
    const train = await run.required("train", "mhgan train");
    if (bySelf) await run.required(stage.inputs[1]!, `mhgan ${stage.inputs[1]}`);
    const range = rangeOf(options.draws, shard);
    const bar = progress(io.stderr, `sample ${name}`, range[1] - range[0], "draws");
    const made =
      (options.threads ?? 1) > 1
        ? await drawInThreads(run, options, range, io, (done) => bar.update(done))
        : await drawRange(run, train, options, range, io.signal, (done) => bar.update(done));
    bar.finish();
    const file = shard ? `draws/${name}/shard-${shard.part}-of-${shard.parts}` : `draws/${name}/samples`;
    await writeDraws(writer, file, made.samples, made.record, shard === undefined);
    return { ...summaryOf(made.record, range[1] - range[0]), label: made.label, backend: made.backend };
  });
}

/** A stretch of a set: the numbers of its first draw and of the one after its last. */
export type DrawRange = readonly [from: number, to: number];

/** Draws, and how they were made. */
export interface Drawn {
  readonly samples: ArrayBatch;
  readonly record: DrawsRecord;
  readonly label: string;
  readonly backend: string;
}

/** Draws a stretch of a set. */
export async function drawRange(
  run: RunStages,
  train: StageRecord,
  options: SampleStageOptions,
  range: DrawRange,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Drawn> {
  const { backend } = await useBackend(options.backend);
  const stored = await openStoredGan(run, train);
  try {
    const made =
      options.method === "none"
        ? await plain(stored, options, range, signal)
        : await selected(run, stored, options, range, signal, onProgress);
    return { ...made, backend };
  } finally {
    stored.dispose();
  }
}

/** The draws of a shard: from the first, and up to the second. */
function rangeOf(draws: number, shard: Shard | undefined): DrawRange {
  if (shard === undefined) return [0, draws];
  const { part, parts } = shard;
  if (!(part >= 1 && part <= parts && parts <= draws)) {
    throw new UsageError(
      `--shard must be from 1/n to n/n with n at most ${draws} draws, got ${part}/${parts}`,
    );
  }
  return [Math.floor((draws * (part - 1)) / parts), Math.floor((draws * part) / parts)];
}

/** What draws depend on. */
function settingsOf(options: SampleStageOptions): Record<string, unknown> {
  const { method, refit, draws, seed, temper, chainLength, restart, candidates, steps } = options;
  const { budget, gamma, totalVariation, proposalsPerDraw } = options;
  const own = { chainLength, restart, candidates, steps, budget, gamma, totalVariation, proposalsPerDraw };
  return { method, refit, draws, seed, temper, ...own };
}

type Made = Omit<Drawn, "backend">;

async function selected(
  run: RunStages,
  stored: StoredGan,
  options: SampleStageOptions,
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
  options: SampleStageOptions,
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

function choiceOf(options: SampleStageOptions, scores: CalibratedScores, source: StageRecord): SamplerChoice {
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
  { seed }: SampleStageOptions,
  [from, to]: DrawRange,
  signal: AbortSignal,
): Promise<Made> {
  const { latent } = stored.gan;
  const random = randomStream(seed).split("raw samples");
  const parts: ArrayBatch[] = [];
  for (let first = from; first < to; first += BATCH) {
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

/** Writes a set, or a shard of one, and with it a picture of its first samples. */
export async function writeDraws(
  writer: StageWriter,
  file: string,
  samples: ArrayBatch,
  record: DrawsRecord,
  withPicture: boolean,
): Promise<void> {
  await writer.write(`${file}.npy`, formatNpy(samples));
  await writer.write(`${file}.json`, `${JSON.stringify(record)}\n`);
  if (!withPicture) return;
  const [count, height, width] = samples.shape as [number, number, number];
  const columns = Math.min(SHOWN, count);
  await writer.write(`${file}.png`, imageGrid({ rows: [samples.data], columns, height, width }));
}

/** Reads what {@link writeDraws} wrote. */
export async function readDraws(
  run: RunStages,
  stage: StageRecord,
  file: string,
): Promise<{ readonly samples: ArrayBatch; readonly record: DrawsRecord }> {
  const { data, shape } = parseNpy(await run.file(stage, `${file}.npy`));
  const text = new TextDecoder().decode(await run.file(stage, `${file}.json`));
  return { samples: { data: data as Float32Array, shape }, record: JSON.parse(text) };
}

/** A set in a few numbers. */
export function summaryOf({ capOuts, proposalsUsed }: DrawsRecord, draws: number): Record<string, number> {
  const proposals = proposalsUsed.reduce((sum, used) => sum + used, 0);
  return { draws, proposals, proposalsPerDraw: proposals / draws, capOuts, capOutRate: capOuts / draws };
}
