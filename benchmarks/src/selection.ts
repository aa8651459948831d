import {
  normal,
  randomStream,
  type SelectMetropolisHastingsOptions,
  selectBackward,
  selectMetropolisHastings,
} from "@mhgan/mcmc";
import {
  type Benchmark,
  type BenchmarkCase,
  type Contestant,
  millisecondsPerRun,
} from "./harness/benchmark.ts";
import { pythonPeer } from "./harness/python-peer.ts";

type Select = (
  logWeights: Float64Array,
  options: SelectMetropolisHastingsOptions & { random: never },
) => unknown;

const megaProposals = (chains: number, length: number, seconds: number) => (chains * length) / 1e6 / seconds;

function ours(name: string, select: Select, chains: number, length: number, runs: number): Contestant {
  return {
    name,
    async prepare() {
      const random = randomStream(1);
      const weights = Array.from({ length: chains }, () =>
        Float64Array.from({ length }, () => normal(random)),
      );
      const root = randomStream(2);
      // Uniforms are drawn inside, from a stream of each chain's own.
      const run = () => {
        for (let chain = 0; chain < chains; chain++) {
          select(weights[chain]!, { initialLogWeight: 0, random: root.split(chain) as never });
        }
      };
      millisecondsPerRun(3 * runs, run);
      return () => megaProposals(chains, length, millisecondsPerRun(runs, run) / 1000);
    },
  };
}

function peer(name: string, method: string, chains: number, length: number): Contestant {
  return {
    name,
    async prepare() {
      const measure = await pythonPeer("select_numpy.py", [String(chains), String(length), method]);
      return async () => megaProposals(chains, length, await measure());
    },
  };
}

const compare = (chains: number, length: number): BenchmarkCase => ({
  name: `${chains} chains of ${length}`,
  contestants: [
    ours("selectBackward", selectBackward as Select, chains, length, 20),
    ours("selectMetropolisHastings", selectMetropolisHastings as Select, chains, length, 2),
    peer("NumPy, all chains at once", "vectorised", chains, length),
    peer("Python loop, with the operations of the MH-GAN authors' mh_sample", "loop", chains, length),
  ],
});

/** From log weights to picked proposals, uniforms drawn inside. */
export const selection: Benchmark = {
  name: "selection",
  title: "Metropolis-Hastings selection",
  unit: "million proposals per second of processor time",
  better: "higher",
  repeats: 7,
  cases: [compare(1000, 640)],
};
