import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Calibrator, fitIsotonic, standardCalibrators } from "@mhgan/calibration";
import { formatNpz, type NpyInput, parseNpz } from "@mhgan/datasets";
import { type CalibratedScores, calibrateScores } from "@mhgan/gan-core";
import { loadModel, saveModel } from "@mhgan/gan-core/node";
import { fromTfjs } from "@mhgan/gan-core/tfjs";
import { randomStream } from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { RawGan } from "./raw-gan.ts";
import { torchLayers } from "./torch-layers.ts";

/** How far the law of a draw may be from the target that its own weights define, as predicted. */
export const TOTAL_VARIATION = 0.01;

/** Generated samples from which chain lengths are predicted. */
const PILOTS = 10_000;

/** Latents by which another program shows that it has the same networks. */
const CHECKS = 64;

/** A chain length, and the total variation that it is predicted to leave. */
export interface Chain {
  readonly chainLength: number;
  readonly totalVariation: number;
}

/** What contestants of other programs are told, in `plan.json`. */
export interface Plan {
  /** Of chains whose weights are bounded by our calibrator. */
  readonly ours: Chain;
  /** Of chains by scikit-learn's isotonic regression, its probabilities clipped to these. */
  readonly authors: Chain & { readonly lowest: number; readonly highest: number };
  readonly networks: Readonly<Record<"generator" | "discriminator", unknown>>;
}

/** The folder that contestants read a GAN from. */
export const sharedFolder = (name: string): string =>
  fileURLToPath(new URL(`../../.cache/end-to-end/${name}`, import.meta.url));

/** Isotonic regression as the pipeline does it, and what it was fitted to. */
function calibrated(real: Float64Array, fake: Float64Array): { scores: CalibratedScores; fit: Fit } {
  let fit: Fit | undefined;
  const isotonic = standardCalibrators({ input: "unbounded" })["isotonic"]!;
  const calibrator = (scores: Float64Array, labels: Float64Array): Calibrator => {
    fit = { scores, labels };
    return isotonic(scores, labels, {});
  };
  const scores = calibrateScores(real, fake, { calibrator, seed: "end to end" });
  return { scores, fit: fit! };
}

interface Fit {
  readonly scores: Float64Array;
  readonly labels: Float64Array;
}

/** The shortest chain from a real sample that comes as near as is wanted. */
function chainOf(logWeights: ArrayLike<number>): Chain {
  const prediction = predictSelection(logWeights);
  const chainLength = prediction.chainLength(TOTAL_VARIATION, "target");
  return { chainLength, totalVariation: prediction.totalVariation(chainLength, "target") };
}

/** Writes what contestants need: both networks for tfjs and for PyTorch, the scores to calibrate by, and how long chains must be. */
export async function shareGan(
  name: string,
  { generator, discriminator, realScores: real }: RawGan,
): Promise<void> {
  const folder = sharedFolder(name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await saveModel(generator, join(folder, "generator"));
  await saveModel(discriminator, join(folder, "discriminator"));
  const gan = fromTfjs(generator, discriminator, { output: "unbounded", batchSize: 256 });
  const random = randomStream("end to end");
  const scoresOf = async (latents: Float32Array): Promise<Float64Array> => {
    const samples = (await gan.latent!.decode(latents)) as Tensor;
    const scores = Float64Array.from(await gan.score(samples));
    samples.dispose();
    return scores;
  };
  const latents = (count: number, of: string): Float32Array => gan.latent!.draw(count, random.split(of));
  const fake = await scoresOf(latents(real.length, "calibration"));
  const pilots = await scoresOf(latents(PILOTS, "pilots"));
  const checks = latents(CHECKS, "checks");

  const { scores, fit } = calibrated(real, fake);
  const theirs = fitIsotonic(fit.scores, fit.labels);
  const bound = 1 / (1 + Math.exp(-scores.calibrator.maxLogOdds));
  const lowest = Math.min(...scores.calibrator.predict(fit.scores));
  const clipped = theirs.predict(pilots).map((p) => Math.min(bound, Math.max(lowest, p)));
  const [g, d] = [torchLayers("generator", generator), torchLayers("discriminator", discriminator)];
  const plan: Plan = {
    ours: chainOf(scores.logWeights(pilots)),
    authors: { ...chainOf(clipped.map((p) => Math.log(p / (1 - p)))), lowest, highest: bound },
    networks: { generator: g.layers, discriminator: d.layers },
  };
  const vector = (data: Float64Array): NpyInput => ({ data, shape: [data.length] });
  const arrays: [string, NpyInput][] = [
    ["real", vector(real)],
    ["fake", vector(fake)],
    ["fit-scores", vector(fit.scores)],
    ["fit-labels", vector(fit.labels)],
    ["check-latents", { data: checks, shape: [CHECKS, checks.length / CHECKS] }],
    ["check-scores", vector(await scoresOf(checks))],
  ];
  await writeFile(join(folder, "arrays.npz"), await formatNpz([...arrays, ...g.arrays, ...d.arrays]));
  await writeFile(join(folder, "plan.json"), JSON.stringify(plan));
}

/** A GAN as our contestants read it. */
export interface SharedGan {
  readonly plan: Plan;
  readonly scores: CalibratedScores;
  readonly checks: { readonly latents: Float32Array; readonly scores: Float64Array };
  models(): Promise<{ readonly generator: LayersModel; readonly discriminator: LayersModel }>;
}

/** Reads what {@link shareGan} wrote. */
export async function readSharedGan(name: string): Promise<SharedGan> {
  const folder = sharedFolder(name);
  const arrays = await parseNpz(await readFile(join(folder, "arrays.npz")));
  const numbers = (key: string): Float64Array =>
    Float64Array.from(arrays.get(key)!.data as ArrayLike<number>);
  return {
    plan: JSON.parse(await readFile(join(folder, "plan.json"), "utf8")) as Plan,
    scores: calibrated(numbers("real"), numbers("fake")).scores,
    checks: { latents: Float32Array.from(numbers("check-latents")), scores: numbers("check-scores") },
    models: async () => ({
      generator: await loadModel(join(folder, "generator")),
      discriminator: await loadModel(join(folder, "discriminator")),
    }),
  };
}
