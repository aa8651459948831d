import { mkdtemp, rm, writeFile } from "node:fs/promises";
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
function rows(count: number): Rows {
  const random = randomStream(1);
  const labels = Float64Array.from({ length: count }, () => (random() < 0.5 ? 1 : 0));
  const scores = labels.map((label) => normal(random) + label);
  return { scores, labels, probabilities: scores.map((score) => 1 / (1 + Math.exp(-score))) };
}

function ours(method: Method, count: number, runs: number): Contestant {
  return {
    name: "calibration",
    async prepare() {
      const data = rows(count);
      const run = () => {
        methods[method](data);
      };
      millisecondsPerRun(Math.max(runs, 5), run);
      return () => millisecondsPerRun(runs, run);
    },
  };
}

function peer(method: Method, count: number): Contestant {
  return {
    name: "scikit-learn",
    async prepare() {
      const folder = await mkdtemp(join(tmpdir(), "calibration-"));
      try {
        const { scores, labels } = rows(count);
        const file = join(folder, "rows");
        await writeFile(file, new Float64Array([...scores, ...labels]));
        // Has read the file when it is ready.
        const measure = await pythonPeer("calibration_sklearn.py", [method, String(count), file]);
        return async () => 1000 * (await measure());
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  };
}

const compare = (name: string, method: Method, count: number, runs: number): BenchmarkCase => ({
  name: `${name} of ${count.toLocaleString("en")} rows`,
  contestants: [ours(method, count, runs), peer(method, count)],
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
    compare("isotonic fit and predict", "isotonic", 1_000_000, 1),
    compare("Platt fit", "platt", 10_000, 50),
    compare("Platt fit", "platt", 100_000, 10),
    compare("reliability curve, 10 bins,", "curve", 100_000, 10),
    compare("ROC AUC", "auc", 100_000, 10),
  ],
};
