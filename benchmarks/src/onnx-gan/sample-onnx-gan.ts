import { calibrateGan } from "@mhgan/gan-core";
import { fromOnnx } from "@mhgan/gan-core/onnx";
import { metropolisHastings } from "@mhgan/mcmc";
import { largestDifference, trainedOnnxGan } from "./trained-onnx-gan.ts";

// Samples a GAN that PyTorch trained: npm run sample-onnx-gan. `npm run peers` installs what it needs.
const trained = await trainedOnnxGan();
const { generator, discriminator, real } = trained;
const gan = await fromOnnx({ generator, discriminator, output: "logit" });
const images = await gan.latent.decode(trained.latents);
const scores = await gan.score(images);
console.log("largest difference from PyTorch:");
console.log(`  samples ${largestDifference(images.data, trained.samples).toExponential(1)}`);
console.log(`  scores  ${largestDifference(scores, trained.scores).toExponential(1)}`);

const calibrated = await calibrateGan(gan, { real, seed: 1 });
const { report } = calibrated;
console.log("calibration on 1,000 real and 1,000 generated images:");
console.log(
  `  AUC ${report.auc.toFixed(3)}, Z ${report.before.z.toFixed(1)} -> ${report.after.z.toFixed(1)}`,
);
console.log(`  mean weight ${report.meanWeight.toFixed(3)}, largest ${report.maxWeight.toFixed(1)}`);

const start = performance.now();
const { samples, info } = await calibrated.sample({
  draws: 64,
  sampler: metropolisHastings({ chainLength: 640 }),
  seed: 1,
});
const used = info.proposalsUsed.reduce((sum, count) => sum + count, 0);
const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
console.log("Metropolis-Hastings, chains of 640:");
console.log(
  `  ${samples.shape[0]} draws from ${used} images in ${((performance.now() - start) / 1e3).toFixed(1)} s`,
);
console.log(`  cap-outs ${info.capOuts}, mean score ${mean(await gan.score(samples)).toFixed(3)}`);
console.log(
  `  mean score of plain samples ${mean(scores).toFixed(3)}, of real images ${mean(await gan.score(real)).toFixed(3)}`,
);
await gan.release();
