import * as tf from "@tensorflow/tfjs-core";
import { ourWasm, stockWasm } from "./contenders.ts";
import { type GanWork, tensorflowPeer, torchPeer } from "./gan-peers.ts";
import type { Benchmark, BenchmarkCase, Contestant } from "./harness/benchmark.ts";
import { seconds } from "./harness/seconds.ts";
import { dcgan, mlp } from "./models.ts";

type Work = Omit<GanWork, "task">;

/** tfjs computes on one thread, whatever `threads` says: that is how many its peers have, and then the clock is looked at. */
function tfjs(name: string, setUp: () => Promise<void>, work: Work): Contestant {
  const { architecture, units, batch, runs, threads } = work;
  return {
    name,
    async prepare() {
      await setUp();
      const { generator, discriminator, latentSize } = architecture === "dcgan" ? dcgan() : mlp(units);
      const generateAndScore = (): void => {
        tf.tidy(() => {
          const samples = generator.predict(tf.randomNormal([batch, latentSize]), {
            batchSize: batch,
          }) as tf.Tensor;
          (discriminator.predict(samples, { batchSize: batch }) as tf.Tensor).dataSync();
        });
      };
      const run = async (): Promise<void> => {
        for (let i = 0; i < runs; i++) generateAndScore();
      };
      await run();
      return { measure: async () => (runs * batch) / (await seconds(threads, run)) };
    },
  };
}

function compare(name: string, work: Work): BenchmarkCase {
  const { batch, threads } = work;
  const rate = (secondsPerRun: number): number => batch / secondsPerRun;
  const peers = { ...work, task: "generate-score" } as const;
  return {
    name: `${name}, batch ${batch}${threads === 1 ? "" : `, ${threads} threads for PyTorch and TensorFlow`}`,
    ...(threads > 1 && { unit: "samples per second on the clock" }),
    contestants: [
      tfjs("gan-core", ourWasm, work),
      ...(threads === 1 ? [tfjs("stock wasm", stockWasm, work)] : []),
      torchPeer(peers, rate),
      torchPeer(peers, rate, "frozen"),
      tensorflowPeer(peers, rate),
    ],
  };
}

const images = (batch: number, threads: number): BenchmarkCase =>
  compare("DCGAN 28x28", { architecture: "dcgan", units: 0, batch, runs: 256 / batch, threads });
const plane = (batch: number, runs: number): BenchmarkCase =>
  compare("MLP, 3 x 100 hidden", { architecture: "mlp", units: 100, batch, runs, threads: 1 });

/** From latents to scores. */
export const generateScore: Benchmark = {
  name: "generate-score",
  title: "Proposals: generate and score",
  unit: "samples per second of processor time",
  better: "higher",
  repeats: 5,
  cases: [images(64, 1), images(256, 1), plane(256, 50), plane(4096, 4), images(256, 2)],
};
