import { type RandomStream, type Selector, selectFromArray } from "@mhgan/mcmc";

/**
 * Counts the chains whose draw is the same if they are found backward, from proposals that lie ready: chain c has the proposals from c · K on.
 *
 * `restart` of the selector must be `"never"`: a chain that begins anew has other proposals in the array.
 */
export function samePicks(
  logWeights: Float64Array,
  options: {
    readonly selector: Selector;
    readonly chainLength: number;
    readonly startLogWeights: Float64Array;
    readonly logWeightBound: number;
    readonly random: RandomStream;
  },
): { readonly chains: number; readonly identical: number } {
  const { selector, chainLength, startLogWeights, logWeightBound, random } = options;
  const chains = Math.floor(logWeights.length / chainLength);
  let identical = 0;
  for (let chain = 0; chain < chains; chain++) {
    const proposals = logWeights.slice(chain * chainLength, (chain + 1) * chainLength);
    const common = { selector, seed: random.split(chain), draws: 1, startLogWeights };
    const [forward] = selectFromArray(proposals, common).picked;
    // A chain that is found backward asks for its last proposal first.
    const [backward] = selectFromArray(proposals.slice().reverse(), { ...common, logWeightBound }).picked;
    const fromEnd = backward! < 0 ? backward : chainLength - 1 - backward!;
    if (fromEnd === forward) identical++;
  }
  return { chains, identical };
}
