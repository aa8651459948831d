import type { AsyncIndependenceSampler, IndependenceSampler } from "../kernels/independence-sampler.ts";
import { firstOfSplit } from "../random/random-stream.ts";
import { accepts } from "../selectors/select-metropolis-hastings.ts";
import { type ChainGroup, type GroupStart, requireSaved } from "./chain-group.ts";
import { targetSource } from "./proposal-source.ts";

/** Where the chains are. A weight of 0 and no position: the next proposal is accepted, and so becomes the start. */
interface Saved<X> {
  readonly positions: readonly (X | undefined)[];
  readonly logWeights: Float64Array;
}

/** Chains of an independence sampler. Proposals do not depend on the states, so those of many steps are made in one batch. */
export async function independenceChains<X>(
  sampler: IndependenceSampler<X> | AsyncIndependenceSampler<X>,
  { streams, firstChain, start, saved, batchSize, signal }: GroupStart<X>,
): Promise<ChainGroup<X[]>> {
  const count = streams.length;
  const source = targetSource("sample", sampler.target, batchSize, signal);
  const positions: (X | undefined)[] = new Array(count).fill(undefined);
  const logWeights = new Float64Array(count).fill(-Infinity);
  if (saved !== undefined) {
    const state = saved as Saved<X>;
    requireSaved({ length: state.positions?.length }, count);
    requireSaved(state.logWeights, count);
    for (let c = 0; c < count; c++) positions[c] = state.positions[c];
    logWeights.set(state.logWeights);
  } else if (start !== undefined) {
    for (let c = 0; c < count; c++) {
      const state = await sampler.init(await start(c));
      positions[c] = state.position;
      logWeights[c] = state.logWeight;
    }
  }
  const acceptCounts = new Uint32Array(count);
  return {
    acceptCounts,
    async advance(first, steps, afterStep) {
      const blocks = await source.weigh(streams.map((stream) => ({ stream, first, count: steps })));
      for (let t = 0; t < steps; t++) {
        const step = first + t;
        for (let c = 0; c < count; c++) {
          const proposed = blocks[c]!.logWeights[t]!;
          if (Number.isNaN(proposed)) {
            throw new RangeError(
              `sample: log weights must not be NaN, got NaN in chain ${firstChain + c} at step ${step}`,
            );
          }
          if (!accepts(1 - firstOfSplit(streams[c]!, step), proposed - logWeights[c]!)) continue;
          positions[c] = blocks[c]!.positions[t]!;
          logWeights[c] = proposed;
          acceptCounts[c]!++;
        }
        afterStep(step);
      }
    },
    makeDraws: (size) => new Array(size),
    record: (chain, draws, place) => {
      draws[place] = positions[chain] as X;
    },
    save: (): Saved<X> => ({ positions: positions.slice(), logWeights: logWeights.slice() }),
  };
}
