// What storing the shipped image GAN in fewer bits does to its samples: npm run quantised-gan --workspace benchmarks.

import { greyImages, loadJudge, shippedGan, shippedJudge } from "@mhgan/cli";
import { loadFashionMnist } from "@mhgan/datasets";
import { loadModel } from "@mhgan/gan-core/node";
import { deserializeModel, fromTfjs, serializeModel, useBackend } from "@mhgan/gan-core/tfjs";
import { randomStream } from "@mhgan/mcmc";
import { frechetDistance } from "@mhgan/metrics";

const SAMPLES = 5000;

await useBackend("wasm");
const judge = await loadJudge(shippedJudge("fashion-mnist")!);
const { test } = await loadFashionMnist({ only: "test" });
const images = greyImages(test.images);
const real = await judge.look({ data: images, shape: [images.length / 784, 28, 28, 1] });
const models = await Promise.all(
  ["generator", "discriminator"].map((name) => loadModel(`${shippedGan}/${name}`)),
);
console.log("| weights | bytes | Fréchet distance | largest change of a score |\n|---|---:|---:|---:|");
let plain: Float64Array | undefined;
for (const quantize of [undefined, "float16", "uint8"] as const) {
  const files = await Promise.all(models.map((model) => serializeModel(model, quantize ? { quantize } : {})));
  const [generator, discriminator] = await Promise.all(files.map((each) => deserializeModel(each)));
  const gan = fromTfjs(generator!, discriminator!, { output: "unbounded", batchSize: 256 });
  const samples = await gan.generate(SAMPLES, randomStream(1));
  const scores = Float64Array.from(await gan.score(samples));
  plain ??= scores;
  const change = scores.reduce((most, score, i) => Math.max(most, Math.abs(score - plain![i]!)), 0);
  const data = Float32Array.from(await samples.data());
  const distance = frechetDistance(real, await judge.look({ data, shape: [SAMPLES, 28, 28, 1] }));
  const bytes = files.reduce((sum, each) => sum + each["weights.bin"].length, 0);
  console.log(
    `| ${quantize ?? "float32"} | ${bytes.toLocaleString("en")} | ${distance.toFixed(3)} | ${change.toPrecision(2)} |`,
  );
  samples.dispose();
}
