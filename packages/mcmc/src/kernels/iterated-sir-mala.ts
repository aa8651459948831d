import { positiveUniform } from "../random/positive-uniform.ts";
import type { RandomStream } from "../random/random-stream.ts";
import { requireCount } from "../requirements.ts";
import { relativeWeight } from "../selectors/log-weights.ts";
import type { GradientState, GradientTarget } from "./gradient-target.ts";
import type { Kernel, KernelInfo, KernelStep } from "./kernel.ts";
import { type LangevinOptions, langevinKernel, requireFinite, requireLength } from "./langevin-step.ts";
import { metropolis } from "./mala.ts";
import { after, allOf, type MaybePromise } from "./maybe-promise.ts";

/** A target with a distribution that proposes positions all over it. */
export interface IteratedSirMalaTarget extends GradientTarget {
  /** Draws one position from the proposal distribution q. Must take its randomness from `random` alone. */
  propose(random: RandomStream): ArrayLike<number>;
  /**
   * `log q(x)` up to a constant, one for each row of `positions`. Finite at every proposal; elsewhere it may be −∞, and a chain stays
   * where q never is until a local step leads it out.
   */
  logProposalDensity(positions: Float64Array): MaybePromise<ArrayLike<number>>;
  /** `log p(x)` alone, the same as in `logDensityAndGradient`, where it is cheaper without the gradient. */
  logDensity?(positions: Float64Array): MaybePromise<ArrayLike<number>>;
}

/** Options of {@link iteratedSirMala}. */
export interface IteratedSirMalaOptions extends LangevinOptions {
  /** N, from 2: how many compete in the global step, the state among them. */
  readonly candidates: number;
  /** MALA steps after each global step. Default 3; with 0 this is plain i-SIR, and no gradient is used. */
  readonly localSteps?: number;
}

/**
 * What happened in a step. `accepted`, `acceptanceProbabilities` and `proposed` are those of its last local step; without local
 * steps, those of the global step, which proposes what it has selected.
 */
export interface IteratedSirMalaInfo extends KernelInfo {
  /** 1 where the global step replaced the state by one of its proposals. */
  readonly moved: Uint8Array;
  /** With which probability, given the proposals, it was to do so. */
  readonly moveProbabilities: Float64Array;
}

/** The states after a step and how they came about. */
export interface IteratedSirMalaStep extends KernelStep<GradientState> {
  /** How the states came about, chain by chain. */
  readonly info: IteratedSirMalaInfo;
}

/** The kernel that {@link iteratedSirMala} makes. */
export interface IteratedSirMalaKernel extends Kernel<GradientState> {
  step(state: GradientState, streams: readonly RandomStream[]): MaybePromise<IteratedSirMalaStep>;
}

/**
 * Ex²MCMC: global steps between modes by iterated sampling importance resampling (i-SIR), local steps within them by {@link mala}.
 *
 * A step first lets the state compete with N − 1 proposals from q: one of the N is selected with probability proportional to its
 * weight p(x)/q(x), as in `selectIteratedSir`. From there it makes `localSteps` steps of MALA. Both leave the target invariant, for
 * every N, τ and η.
 *
 * Calls in a step, each for all C chains: `logProposalDensity` with C·N rows, `logDensity` with C·(N − 1) (`logDensityAndGradient`
 * if there is none), and `logDensityAndGradient` with C, once for what was selected and once for each local step.
 *
 * Chain i takes proposal j from `streams[i].split(j)`, j = 0 … N − 2. The next value of `streams[i]` selects, the d + 1 after it are
 * those of the first local step, and so on. Give each step streams of its own, as in the example: the same stream has the same
 * children, and so the same proposals, again.
 *
 * Where the log density is −∞ the weight is 0: it is selected only if all weights are 0, then with equal chances.
 *
 * @param target - what `mala` takes, with `propose`, `logProposalDensity` and perhaps `logDensity`. If they are synchronous, so are
 * `init` and `step`.
 * @param options - N, the number of local steps, and τ and η of these.
 * @throws {RangeError} if d or an option is off. `init` and `step` throw it if positions, streams or what the target returns have a
 * wrong length, a log density is NaN or +∞, or a gradient or the log density of a proposal under q is not finite (the message
 * names the chain).
 * @see Samsonov et al., "Local-global MCMC kernels: the best of both worlds", NeurIPS 2022; Andrieu, Lee and Vihola, "Uniform
 * ergodicity of the iterated conditional SMC and geometric ergodicity of particle Gibbs samplers", Bernoulli 24 (2018), for i-SIR.
 * @example
 * ```ts
 * import { iteratedSirMala, normal, randomStream } from "@mhgan/mcmc";
 * // Target: equal parts of normal(−4, 1) and normal(4, 1). Proposals: normal(0, 5).
 * const target = {
 *   dimensions: 1,
 *   logDensityAndGradient: (x: Float64Array) => ({
 *     logDensities: x.map((v) => Math.log(Math.cosh(4 * v)) - v * v / 2),
 *     gradients: x.map((v) => 4 * Math.tanh(4 * v) - v),
 *   }),
 *   propose: (random: () => number) => [5 * normal(random)],
 *   logProposalDensity: (x: Float64Array) => x.map((v) => -v * v / 50),
 * };
 * const kernel = iteratedSirMala(target, { candidates: 10, stepSize: 1 });
 * const random = randomStream(1);
 * let state = await kernel.init([4]);
 * let left = 0;
 * for (let t = 0; t < 500; t++) {
 *   ({ state } = await kernel.step(state, [random.split(t)]));
 *   if (state.positions[0] < 0) left++;
 * }
 * left / 500; // ≈ 0.5
 * ```
 */
export function iteratedSirMala(
  target: IteratedSirMalaTarget,
  options: IteratedSirMalaOptions,
): IteratedSirMalaKernel {
  const caller = "iteratedSirMala";
  const { dimensions } = target;
  const { candidates, localSteps = 3 } = options;
  if (!Number.isSafeInteger(candidates) || candidates < 2) {
    throw new RangeError(`${caller}: candidates must be a safe integer from 2, got ${String(candidates)}`);
  }
  requireCount(caller, "localSteps", localSteps);
  const logDensity = (positions: Float64Array): MaybePromise<ArrayLike<number>> =>
    target.logDensity
      ? target.logDensity(positions)
      : after(target.logDensityAndGradient(positions), ({ logDensities }) => logDensities);
  const withoutGradient: GradientTarget = {
    dimensions,
    logDensityAndGradient: (positions) =>
      after(logDensity(positions), (logDensities) => ({
        logDensities,
        gradients: new Float64Array(positions.length),
      })),
  };
  const local = langevinKernel(caller, localSteps > 0 ? target : withoutGradient, options, metropolis);

  /** Lets each state compete with its row of proposals. Rows of proposals come first in `positions`, states last. */
  const select = (
    state: GradientState,
    streams: readonly RandomStream[],
    positions: Float64Array,
    logDensities: ArrayLike<number>,
    logProposalDensities: ArrayLike<number>,
  ): KernelStep<GradientState> => {
    const chains = streams.length;
    const proposals = candidates - 1;
    requireLength(caller, "the result of logDensity", logDensities, chains * proposals);
    requireLength(caller, "the result of logProposalDensity", logProposalDensities, chains * candidates);
    const selected = state.positions.slice();
    const selectedLogDensities = state.logDensities.slice();
    const moved = new Uint8Array(chains);
    const moveProbabilities = new Float64Array(chains);
    const logWeights = new Float64Array(proposals);
    for (let i = 0; i < chains; i++) {
      const first = i * proposals;
      const current = state.logDensities[i]!;
      const proposalDensity = logProposalDensities[chains * proposals + i]!;
      requireFinite(caller, "log proposal density", "position", i, proposalDensity, true);
      // A weight 0/0 is 0.
      const logWeight = current === -Infinity ? -Infinity : current - proposalDensity;
      let largest = logWeight;
      for (let j = 0; j < proposals; j++) {
        requireFinite(caller, "log density", "proposal", i, logDensities[first + j]!, true);
        requireFinite(caller, "log proposal density", "proposal", i, logProposalDensities[first + j]!);
        logWeights[j] = logDensities[first + j]! - logProposalDensities[first + j]!;
        largest = Math.max(largest, logWeights[j]!);
      }
      const stay = relativeWeight(logWeight, largest);
      let total = stay;
      for (let j = 0; j < proposals; j++) total += relativeWeight(logWeights[j]!, largest);
      moveProbabilities[i] = 1 - stay / total;

      // In (0, total], so that a weight of 0 is passed over. The sums below are those above: the end is never passed.
      const place = positiveUniform(streams[i]!) * total;
      let sum = stay;
      let picked = -1;
      while (sum < place) sum += relativeWeight(logWeights[++picked]!, largest);
      if (picked === -1) continue;
      moved[i] = 1;
      selectedLogDensities[i] = logDensities[first + picked]!;
      for (let k = 0; k < dimensions; k++) {
        selected[i * dimensions + k] = positions[(first + picked) * dimensions + k]!;
      }
    }
    return {
      state: {
        positions: selected,
        logDensities: selectedLogDensities,
        gradients: state.gradients.slice(),
      },
      info: { accepted: moved, acceptanceProbabilities: moveProbabilities, proposed: selected },
    };
  };

  return {
    ...local,
    step(state, streams) {
      const chains = state.logDensities.length;
      requireLength(caller, "streams", streams, chains);
      const positions = new Float64Array(chains * candidates * dimensions);
      let filled = 0;
      for (const stream of streams) {
        for (let j = 0; j < candidates - 1; j++) {
          const proposal = target.propose(stream.split(j));
          requireLength(caller, "the result of propose", proposal, dimensions);
          positions.set(proposal, filled);
          filled += dimensions;
        }
      }
      const proposed = positions.slice(0, filled);
      positions.set(state.positions, filled);
      return after(
        allOf([logDensity(proposed), target.logProposalDensity(positions)]),
        ([logDensities, logProposalDensities]) => {
          const explored = select(state, streams, proposed, logDensities!, logProposalDensities!);
          const { accepted: moved, acceptanceProbabilities: moveProbabilities } = explored.info;
          // Without local steps the gradients are 0 everywhere; with them they are not yet those of what was selected.
          let last: MaybePromise<KernelStep<GradientState>> =
            localSteps === 0
              ? explored
              : after(local.init(explored.state.positions), (selected) => ({ ...explored, state: selected }));
          for (let l = 0; l < localSteps; l++)
            last = after(last, (before) => local.step(before.state, streams));
          return after(last, ({ state, info }) => ({ state, info: { ...info, moved, moveProbabilities } }));
        },
      );
    },
  };
}
