import { integer, type RandomStream, selectMetropolisHastings } from "@mhgan/mcmc";

/** Chains, and how many steps each of them takes before and while its acceptances are counted. */
export const chains = { count: 200, burnIn: 500, steps: 2000 } as const;

/**
 * The acceptance rate of long Metropolis-Hastings chains that start at real samples and are offered generated ones at random, with its standard error
 * from the spread between chains.
 */
export function measuredAcceptance(
  realLogWeights: Float64Array,
  fakeLogWeights: Float64Array,
  random: RandomStream,
): { readonly rate: number; readonly error: number } {
  const { count, burnIn, steps } = chains;
  const logWeights = new Float64Array(burnIn + steps);
  const path = new Int32Array(burnIn + steps);
  const rates = Float64Array.from({ length: count }, (_, chain) => {
    const stream = random.split(chain);
    const choose = stream.split("proposals");
    for (let k = 0; k < logWeights.length; k++) {
      logWeights[k] = fakeLogWeights[integer(choose, fakeLogWeights.length)]!;
    }
    const initialLogWeight = realLogWeights[integer(stream.split("start"), realLogWeights.length)]!;
    selectMetropolisHastings(logWeights, { random: stream, initialLogWeight, path });
    let accepted = 0;
    for (let k = burnIn; k < path.length; k++) if (path[k] === k) accepted++;
    return accepted / steps;
  });
  const rate = rates.reduce((sum, value) => sum + value, 0) / count;
  const squares = rates.reduce((sum, value) => sum + (value - rate) ** 2, 0);
  return { rate, error: Math.sqrt(squares / (count - 1) / count) };
}
