import { iteratedSirMala, type LangevinOptions, mala, type RandomStream } from "@mhgan/mcmc";
import type { LatentTarget } from "../latent-target.ts";
import { requirePositive } from "../requirements.ts";

/** How long the steps of MALA are. */
export interface StepSizeOptions {
  /** τ: a step follows the gradient by τ/2 times its length. `"tuned"`: found before the first draw. */
  readonly stepSize?: number | "tuned";
  /**
   * η: the standard deviation of the noise in each coordinate. Default √τ; must be left out where τ is tuned. With much less than √τ a chain
   * that starts far out can stay there for long.
   */
  readonly noiseScale?: number;
  /** With `stepSize: "tuned"`: the share of steps that is to be accepted. */
  readonly targetAcceptance?: number;
}

const PILOT_CHAINS = 64;
const PILOT_CANDIDATES = 32;
const PILOT_STEPS = 50;

/** Refuses options that are off, or that contradict each other. */
export function requireStepSize(caller: string, options: StepSizeOptions): void {
  const { stepSize, noiseScale, targetAcceptance } = options;
  if (noiseScale !== undefined) requirePositive(caller, "noiseScale", noiseScale);
  if (stepSize !== "tuned") {
    requirePositive(caller, "stepSize", stepSize!);
    if (targetAcceptance === undefined) return;
    throw new RangeError(
      `${caller}: targetAcceptance must be left out unless stepSize is "tuned", got ${targetAcceptance}`,
    );
  }
  if (noiseScale !== undefined) {
    throw new RangeError(
      `${caller}: noiseScale must be left out where stepSize is "tuned", got ${noiseScale}`,
    );
  }
  if (targetAcceptance !== undefined && !(targetAcceptance > 0 && targetAcceptance < 1)) {
    throw new RangeError(`${caller}: targetAcceptance must be between 0 and 1, got ${targetAcceptance}`);
  }
}

/** What MALA takes: the step size that was given, or one that accepts the wanted share of steps. */
export async function chooseStepSize(
  target: LatentTarget,
  options: StepSizeOptions & { readonly targetAcceptance: number },
  random: RandomStream,
): Promise<LangevinOptions> {
  const { stepSize = "tuned", noiseScale, targetAcceptance } = options;
  if (stepSize === "tuned") return { stepSize: await tunedStepSize(target, targetAcceptance, random) };
  return noiseScale === undefined ? { stepSize } : { stepSize, noiseScale };
}

/**
 * A step size with which MALA accepts a wanted share of its steps: log τ is moved by what the mean acceptance probability of 64 pilot chains
 * is off, over √t at step t, for 50 steps. Each starts at one of 32 latents, chosen by weight, since where the weight is large the target is
 * steeper than where latents are drawn. The pilots are thrown away, so that the chains that give draws have one and the same kernel from their
 * first step, and no draw depends on the others.
 *
 * @see Andrieu and Thoms, "A tutorial on adaptive MCMC", Statistics and Computing 18 (2008), section 4.2.2, for the rule.
 */
async function tunedStepSize(
  target: LatentTarget,
  targetAcceptance: number,
  random: RandomStream,
): Promise<number> {
  const streams = Array.from({ length: PILOT_CHAINS }, (_, i) => random.split(i));
  const { dimensions } = target;
  const starts = new Float64Array(PILOT_CHAINS * dimensions);
  for (const [i, stream] of streams.entries())
    starts.set(target.propose(stream.split("start")), i * dimensions);
  const resampling = iteratedSirMala(target, { candidates: PILOT_CANDIDATES, localSteps: 0, stepSize: 1 });
  const { positions } = (await resampling.step(await resampling.init(starts), streams)).state;
  // Large enough for standard normal latents to be sampled fast: what the weight adds makes it smaller.
  let logStepSize = 0;
  let state = await mala(target, { stepSize: 1 }).init(positions);
  for (let t = 1; t <= PILOT_STEPS; t++) {
    const step = await mala(target, { stepSize: Math.exp(logStepSize) }).step(state, streams);
    state = step.state;
    const accepted = step.info.acceptanceProbabilities.reduce((sum, p) => sum + p, 0) / PILOT_CHAINS;
    logStepSize += (2 * (accepted - targetAcceptance)) / Math.sqrt(t);
  }
  return Math.exp(logStepSize);
}
