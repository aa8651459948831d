import * as tf from "@tensorflow/tfjs-core";
import { ourWasm, stockWasm } from "./contenders.ts";
import {
  type Benchmark,
  type BenchmarkCase,
  type Contestant,
  millisecondsPerRun,
} from "./harness/benchmark.ts";
import { dcgan, mlp, type Networks } from "./models.ts";

function contestant(
  name: string,
  setUp: () => Promise<void>,
  networks: () => Networks,
  batch: number,
  runs: number,
): Contestant {
  return {
    name,
    async prepare() {
      await setUp();
      const { generator, discriminator, latentSize } = networks();
      const generateAndScore = (): void => {
        tf.tidy(() => {
          const samples = generator.predict(tf.randomNormal([batch, latentSize]), {
            batchSize: batch,
          }) as tf.Tensor;
          (discriminator.predict(samples, { batchSize: batch }) as tf.Tensor).dataSync();
        });
      };
      millisecondsPerRun(runs, generateAndScore);
      return () => (1000 * batch) / millisecondsPerRun(runs, generateAndScore);
    },
  };
}

const compare = (name: string, networks: () => Networks, batch: number, runs: number): BenchmarkCase => ({
  name: `${name}, batch ${batch}`,
  contestants: [
    contestant("gan-core", ourWasm, networks, batch, runs),
    contestant("stock wasm", stockWasm, networks, batch, runs),
  ],
});

export const generateScore: Benchmark = {
  name: "generate-score",
  title: "Proposals: generate and score",
  unit: "samples per second of processor time",
  better: "higher",
  repeats: 7,
  cases: [
    compare("DCGAN 28x28", dcgan, 64, 2),
    compare("DCGAN 28x28", dcgan, 256, 1),
    compare("MLP, 3 x 100 hidden", () => mlp(100), 256, 50),
    compare("MLP, 3 x 100 hidden", () => mlp(100), 4096, 4),
  ],
};
