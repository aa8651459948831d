import type { RunContext, SelectRun } from "./selector.ts";

/**
 * The run that offers one proposal after the other and draws the first that is accepted, uniform k deciding proposal k.
 *
 * @internal
 */
export function acceptFirst(
  caller: string,
  proposalLimit: number,
  acceptance: (logWeight: number) => number,
): SelectRun {
  return function* ({ uniform, nextBlock }: RunContext) {
    for (let first = 0, count: number; first < proposalLimit; first += count) {
      count = Math.min(nextBlock(first), proposalLimit - first);
      const logWeights = yield { first, count, forgetEarlier: true };
      for (let i = 0; i < count; i++) {
        if (1 - uniform(first + i) > acceptance(logWeights[i]!)) continue;
        const used = first + i + 1;
        return { picked: [used - 1], acceptCount: 1, trials: used, proposalsUsed: used, capOut: false };
      }
    }
    throw new RangeError(`${caller}: none of ${proposalLimit} proposals was accepted; see proposalLimit`);
  };
}
