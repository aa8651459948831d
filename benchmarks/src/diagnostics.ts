import { normal, randomStream } from "@mhgan/mcmc";
import { bulkEffectiveSampleSize, splitRHat, tailEffectiveSampleSize } from "@mhgan/mcmc/diagnostics";
import {
  type Benchmark,
  type BenchmarkCase,
  type Contestant,
  millisecondsPerRun,
} from "./harness/benchmark.ts";
import { pythonPeer } from "./harness/python-peer.ts";

const CHAINS = 4;
const LENGTH = 10_000;
const QUANTITIES = 50;

const diagnostic = { splitRHat, bulkEffectiveSampleSize, tailEffectiveSampleSize };

/** First-order autoregressions of variance 1: the draws of every quantity, chain after chain. */
function autoregressions(correlation: number): Float64Array[] {
  const random = randomStream(1);
  const noise = Math.sqrt(1 - correlation ** 2);
  return Array.from({ length: QUANTITIES }, () => {
    const draws = new Float64Array(CHAINS * LENGTH);
    for (let i = 0; i < draws.length; i++) {
      draws[i] = i % LENGTH === 0 ? normal(random) : correlation * draws[i - 1]! + noise * normal(random);
    }
    return draws;
  });
}

function ours(method: keyof typeof diagnostic, correlation: number): Contestant {
  return {
    name: method,
    async prepare() {
      const quantities = autoregressions(correlation);
      const run = () => {
        for (const draws of quantities) diagnostic[method](draws, { chains: CHAINS });
      };
      millisecondsPerRun(2, run);
      return { measure: () => millisecondsPerRun(1, run) };
    },
  };
}

function peer(method: keyof typeof diagnostic, correlation: number): Contestant {
  return {
    name: "ArviZ",
    async prepare() {
      const args = [method, String(correlation)];
      const { versions, measure } = await pythonPeer("diagnostics_arviz.py", args);
      return { versions, measure: async () => 1000 * (await measure()) };
    },
  };
}

const compare = (method: keyof typeof diagnostic, correlation: number): BenchmarkCase => ({
  name: `${method}, correlation ${correlation}`,
  contestants: [ours(method, correlation), peer(method, correlation)],
});

/** Rank-normalised R-hat and effective sample sizes of chains that mix well and of chains that do not. */
export const diagnostics: Benchmark = {
  name: "diagnostics",
  title: `Diagnostics of ${CHAINS} chains of ${LENGTH.toLocaleString("en")} draws of ${QUANTITIES} quantities`,
  unit: "milliseconds of processor time",
  better: "lower",
  repeats: 5,
  cases: [0.3, 0.95].flatMap((correlation) =>
    (["splitRHat", "bulkEffectiveSampleSize", "tailEffectiveSampleSize"] as const).map((method) =>
      compare(method, correlation),
    ),
  ),
};
