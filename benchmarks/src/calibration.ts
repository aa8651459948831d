import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fitIsotonic, fitPlatt, reliabilityCurve, rocAuc } from "@mhgan/calibration";
import { normal, randomStream } from "@mhgan/mcmc";
import {
  type Benchmark,
  type BenchmarkCase,
  type Contestant,
  millisecondsPerRun,
} from "./harness/benchmark.ts";
import { pythonPeer } from "./harness/python-peer.ts";

interface Rows {
  readonly scores: Float64Array;
  readonly labels: Float64Array;
  /** The sigmoid of the scores. */
  readonly probabilities: Float64Array;
}

const methods = {
  isotonic: ({ scores, labels }: Rows) => fitIsotonic(scores, labels).predict(scores),
  platt: ({ scores, labels }: Rows) => fitPlatt(scores, labels),
  curve: ({ probabilities, labels }: Rows) => reliabilityCurve(probabilities, labels),
  auc: ({ scores, labels }: Rows) => rocAuc(scores, labels),
};
type Method = keyof typeof methods;

/** The same for all contestants: normal scores, those of positives higher by one standard deviation. */
function rows(count: number, seed: number): Rows {
  const random = randomStream(seed);
  const labels = Float64Array.from({ length: count }, () => (random() < 0.5 ? 1 : 0));
  const scores = labels.map((label) => normal(random) + label);
  return { scores, labels, probabilities: scores.map((score) => 1 / (1 + Math.exp(-score))) };
}

const setsOf = (count: number, sets: number): Rows[] =>
  Array.from({ length: sets }, (_, set) => rows(count, set + 1));

function ours(method: Method, count: number, sets: number, runs: number): Contestant {
  return {
    name: "calibration",
    async prepare() {
      const all = setsOf(count, sets);
      for (const data of all) millisecondsPerRun(runs, () => methods[method](data));
      let next = 0;
      return {
        measure() {
          const data = all[next++ % sets]!;
          return millisecondsPerRun(runs, () => methods[method](data));
        },
      };
    },
  };
}

function peer(method: Method, count: number, sets: number): Contestant {
  return {
    name: "scikit-learn",
    async prepare() {
      const folder = await mkdtemp(join(tmpdir(), "calibration-"));
      try {
        const file = join(folder, "rows");
        for (const { scores, labels } of setsOf(count, sets)) {
          await appendFile(file, new Uint8Array(scores.buffer));
          await appendFile(file, new Uint8Array(labels.buffer));
        }
        // Has read the file when it is ready.
        const args = [method, String(count), String(sets), file];
        const { versions, measure } = await pythonPeer("calibration_sklearn.py", args);
        return { versions, measure: async () => 1000 * (await measure()) };
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  };
}

/** How many sets of rows take turns: how often an optimiser evaluates its loss depends on them. */
const SETS = 3;

const compare = (name: string, method: Method, count: number, runs: number, sets = SETS): BenchmarkCase => ({
  name: `${name} of ${count.toLocaleString("en")} rows`,
  contestants: [ours(method, count, sets, runs), peer(method, count, sets)],
});

/** Fits and measures beside scikit-learn's. */
export const calibration: Benchmark = {
  name: "calibration",
  title: "Calibration: random scores, labels 0 and 1",
  unit: "milliseconds of processor time",
  better: "lower",
  repeats: 9,
  cases: [
    compare("isotonic fit and predict", "isotonic", 10_000, 50),
    compare("isotonic fit and predict", "isotonic", 100_000, 10),
    compare("isotonic fit and predict", "isotonic", 1_000_000, 2),
    compare("Platt fit", "platt", 10_000, 50, 9),
    compare("Platt fit", "platt", 100_000, 10, 9),
    compare("reliability curve, 10 bins,", "curve", 100_000, 10),
    compare("ROC AUC", "auc", 100_000, 10),
  ],
};
