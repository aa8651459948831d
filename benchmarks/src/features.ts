import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { normal, randomStream } from "@mhgan/mcmc";
import { precisionRecallDensityCoverage } from "@mhgan/metrics";
import {
  type Benchmark,
  type BenchmarkCase,
  type Contestant,
  millisecondsPerRun,
} from "./harness/benchmark.ts";
import { pythonPeer } from "./harness/python-peer.ts";

/** The same for both contestants: two sets of standard normal rows. */
function sets(rows: number, columns: number): { real: Float32Array; fake: Float32Array } {
  const random = randomStream(1);
  const draw = (): Float32Array => Float32Array.from({ length: rows * columns }, () => normal(random));
  return { real: draw(), fake: draw() };
}

function ours(rows: number, columns: number): Contestant {
  return {
    name: "metrics",
    async prepare() {
      const shape = [rows, columns];
      const { real, fake } = sets(rows, columns);
      const run = (): number =>
        millisecondsPerRun(1, () =>
          precisionRecallDensityCoverage({ data: real, shape }, { data: fake, shape }),
        );
      run();
      return { measure: run };
    },
  };
}

function peer(rows: number, columns: number): Contestant {
  return {
    name: "NumPy and scikit-learn",
    async prepare() {
      const folder = await mkdtemp(join(tmpdir(), "features-"));
      try {
        const file = join(folder, "sets");
        const { real, fake } = sets(rows, columns);
        for (const data of [real, fake]) await appendFile(file, new Uint8Array(data.buffer));
        // Has read the file when it is ready.
        const args = [String(rows), String(columns), file];
        const { versions, measure } = await pythonPeer("prdc_numpy.py", args);
        return { versions, measure: async () => 1000 * (await measure()) };
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  };
}

const compare = (rows: number, columns: number): BenchmarkCase => ({
  name: `${rows.toLocaleString("en")} × ${columns} real and fake`,
  contestants: [ours(rows, columns), peer(rows, columns)],
});

/** Precision, recall, density and coverage beside the program of the paper's authors, step by step. */
export const features: Benchmark = {
  name: "features",
  title: "Precision, recall, density and coverage: standard normal rows, 5 neighbours",
  unit: "milliseconds of processor time",
  better: "lower",
  repeats: 5,
  cases: [compare(1000, 64), compare(10_000, 2), compare(10_000, 64), compare(2000, 512)],
};
