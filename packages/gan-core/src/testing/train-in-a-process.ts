import { normal, randomStream } from "@mhgan/mcmc";
import { fileCheckpoints, jsonlLog, saveModel } from "../node/index.ts";
import { multilayerPerceptron, trainGan, useBackend } from "../tfjs/index.ts";

// A run as a user's program has it: started again with the same arguments, it goes on where it was.
const [folder, steps] = process.argv.slice(2) as [string, string];
await useBackend("wasm");
const random = randomStream("models");
const generator = multilayerPerceptron({ inputs: 2, outputs: 2, hidden: [16], random });
const discriminator = multilayerPerceptron({ inputs: 2, outputs: 1, hidden: [16], random });
await trainGan({
  generator,
  discriminator,
  real: { data: Float32Array.from({ length: 400 }, () => normal(random)), shape: [200, 2] },
  heldOutShare: 0.1,
  steps: Number(steps),
  seed: 1,
  batchSize: 16,
  generatorAverage: 0.9,
  progressEvery: 1,
  checkpointEvery: 2,
  checkpoints: fileCheckpoints(`${folder}/checkpoints`),
  log: jsonlLog(`${folder}/log.jsonl`),
  // What the test counts, to kill the process in its midst.
  onProgress: () => process.stdout.write("."),
});
await saveModel(generator, `${folder}/generator`);
await saveModel(discriminator, `${folder}/discriminator`);
