import type { Kernel, KernelState } from "../kernels/kernel.ts";
import { type ChainGroup, type GroupStart, requireSaved } from "./chain-group.ts";

/** Chains of a kernel on flat arrays: one call of its `step` moves them all. */
export async function flatChains<State extends KernelState>(
  kernel: Kernel<State>,
  { streams, start, saved, signal }: GroupStart<ArrayLike<number>>,
): Promise<ChainGroup<Float64Array>> {
  const { dimensions } = kernel;
  let state = saved as State;
  if (saved !== undefined) requireSaved(state.positions, streams.length * dimensions);
  else {
    const positions = new Float64Array(streams.length * dimensions);
    for (let c = 0; c < streams.length; c++) {
      const position = await start!(c);
      if (position.length !== dimensions) {
        throw new RangeError(`sample: start must give ${dimensions} numbers, got ${position.length}`);
      }
      positions.set(position, c * dimensions);
    }
    state = await kernel.init(positions);
  }
  const acceptCounts = new Uint32Array(streams.length);
  return {
    acceptCounts,
    async advance(first, steps, afterStep) {
      for (let t = first; t < first + steps; t++) {
        signal?.throwIfAborted();
        const step = await kernel.step(
          state,
          streams.map((stream) => stream.split(t)),
        );
        state = step.state;
        for (let c = 0; c < streams.length; c++) acceptCounts[c]! += step.info.accepted[c]!;
        afterStep(t);
      }
    },
    makeDraws: (size) => new Float64Array(size * dimensions),
    record: (chain, draws, place) => {
      const begin = chain * dimensions;
      draws.set(state.positions.subarray(begin, begin + dimensions), place * dimensions);
    },
    save: () => state,
  };
}
