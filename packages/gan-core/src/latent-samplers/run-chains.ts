import { type Kernel, type KernelInfo, type KernelState, sample } from "@mhgan/mcmc";
import type { SampleSpace } from "../sample-space.ts";
import type { LatentRun, LatentSamplerContext } from "./latent-sampler.ts";

/** Runs a chain for each draw, from a fresh sample of the generator, and measures it. */
export async function runChains<Batch, State extends KernelState>(
  { draws, logWeight, random, batchSize, signal, onProgress }: LatentSamplerContext<Batch>,
  space: SampleSpace<Batch>,
  kernel: Kernel<State>,
  steps: number,
): Promise<LatentRun<Batch>> {
  const { dimensions } = space;
  const starts = await space.draw(Array.from({ length: draws }, (_, i) => random.split(i).split("start")));
  const startLogWeights = Float64Array.from(logWeight.logWeights(await space.scores(starts)));
  const measured = measure(kernel);
  const { draws: positions, acceptCounts } = await sample(measured.kernel, {
    draws,
    chainLength: steps,
    seed: random,
    start: (_, chain) => starts.subarray(chain * dimensions, (chain + 1) * dimensions),
    batchSize,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  const [lengths, moves] = [measured.lengths, measured.moves].map((sums) =>
    Float64Array.from(sums.flatMap((sum) => Array.from(sum, (value) => value / steps))),
  );
  return {
    space,
    positions,
    statistics: {
      steps,
      startLogWeights,
      acceptanceRates: Float64Array.from(acceptCounts, (count) => count / steps),
      stepLengths: lengths!,
      ...(moves!.length > 0 && { moveRates: moves! }),
      evaluations: space.evaluations,
      gradientEvaluations: space.gradientEvaluations,
    },
  };
}

/**
 * A kernel that adds up, for each chain, how far it moves and how often a global step moves it. The chains of a run start and move in
 * groups, one group after the other, so that the sums of one group after those of another are in the order of the chains.
 */
function measure<State extends KernelState>(
  kernel: Kernel<State>,
): {
  readonly kernel: Kernel<State>;
  readonly lengths: Float64Array[];
  readonly moves: Float64Array[];
} {
  const { dimensions } = kernel;
  const lengths: Float64Array[] = [];
  const moves: Float64Array[] = [];
  return {
    lengths,
    moves,
    kernel: {
      dimensions,
      init(positions) {
        lengths.push(new Float64Array(positions.length / dimensions));
        return kernel.init(positions);
      },
      async step(state, streams) {
        const step = await kernel.step(state, streams);
        const sums = lengths.at(-1)!;
        for (let i = 0; i < sums.length; i++) {
          let square = 0;
          for (let k = i * dimensions; k < (i + 1) * dimensions; k++) {
            square += (step.state.positions[k]! - state.positions[k]!) ** 2;
          }
          sums[i]! += Math.sqrt(square);
        }
        const { moved } = step.info as KernelInfo & { readonly moved?: Uint8Array };
        if (moved !== undefined) {
          if (moves.length < lengths.length) moves.push(new Float64Array(moved.length));
          const counts = moves.at(-1)!;
          for (let i = 0; i < counts.length; i++) counts[i]! += moved[i]!;
        }
        return step;
      },
    },
  };
}
