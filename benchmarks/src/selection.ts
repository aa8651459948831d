import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  normal,
  type RandomStream,
  randomStream,
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

interface Options {
  readonly initialLogWeight: number;
  readonly random: RandomStream;
}
type Select = (logWeights: Float64Array, options: Options) => unknown;

const megaProposals = (chains: number, length: number, seconds: number) => (chains * length) / 1e6 / seconds;

/** The same for all contestants: standard normal log weights, chain after chain. */
function logWeights(chains: number, length: number): Float64Array {
  const random = randomStream(1);
  return Float64Array.from({ length: chains * length }, () => normal(random));
}

function ours(
  name: string,
  /** Makes the selector; what it learns of the log weights here is not measured. */
  prepareSelect: (all: Float64Array) => Select,
  chains: number,
  length: number,
  runs: number,
): Contestant {
  return {
    name,
    async prepare() {
      const all = logWeights(chains, length);
      const weights = Array.from({ length: chains }, (_, chain) =>
        all.slice(chain * length, (chain + 1) * length),
      );
      const select = prepareSelect(all);
      const root = randomStream(2);
      // Uniforms are drawn inside, from a stream of each chain's own.
      const run = () => {
        for (let chain = 0; chain < chains; chain++) {
          select(weights[chain]!, { initialLogWeight: 0, random: root.split(chain) });
        }
      };
      millisecondsPerRun(3 * runs, run);
      return { measure: () => megaProposals(chains, length, millisecondsPerRun(runs, run) / 1000) };
    },
  };
}

function peer(name: string, method: string, chains: number, length: number): Contestant {
  return {
    name,
    async prepare() {
      const folder = await mkdtemp(join(tmpdir(), "selection-"));
      try {
        const file = join(folder, "log-weights");
        await writeFile(file, logWeights(chains, length));
        // Has read the file when it is ready.
        const args = [String(chains), String(length), method, file];
        const { versions, measure } = await pythonPeer("select_numpy.py", args);
        return { versions, measure: async () => megaProposals(chains, length, await measure()) };
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  };
}

/** One bound for all chains: larger than most chains' maximum, so they look at more proposals, but not for a maximum. */
function selectBelowBound(all: Float64Array): Select {
  const logWeightBound = all.reduce((a, b) => Math.max(a, b));
  return (logWeights, options) => selectBackward(logWeights, { ...options, logWeightBound });
}

const compare = (chains: number, length: number): BenchmarkCase => ({
  name: `${chains.toLocaleString("en")} chains of ${length}`,
  contestants: [
    ours("selectBackward", () => selectBackward, chains, length, 20),
    ours("selectBackward, a bound of all chains known", selectBelowBound, chains, length, 20),
    ours("selectMetropolisHastings", () => selectMetropolisHastings, chains, length, 2),
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
