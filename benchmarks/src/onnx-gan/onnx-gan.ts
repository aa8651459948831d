import { fromOnnx } from "@mhgan/gan-core/onnx";
import { randomStream } from "@mhgan/mcmc";
import type { Benchmark, BenchmarkCase, Contestant } from "../harness/benchmark.ts";
import { pythonPeer } from "../harness/python-peer.ts";
import { seconds } from "../harness/seconds.ts";
import { largestDifference, trainedOnnxGan } from "./trained-onnx-gan.ts";

/** As in `peers/onnx_gan_torch.py`. */
const IMAGES_PER_RUN = 1024;

const ours = (batch: number, threads: number): Contestant => ({
  name: "gan-core with onnxruntime-node",
  async prepare() {
    const { generator, discriminator, latents, scores } = await trainedOnnxGan();
    const gan = await fromOnnx({ generator, discriminator, output: "logit", threads });
    const difference = largestDifference(await gan.score(await gan.latent.decode(latents)), scores);
    if (!(difference < 1e-5)) throw new Error(`scores differ from PyTorch's by ${difference}`);
    const random = randomStream(1);
    const run = async (): Promise<void> => {
      for (let i = 0; i < IMAGES_PER_RUN / batch; i++) await gan.score(await gan.generate(batch, random));
    };
    await run();
    return { measure: async () => IMAGES_PER_RUN / (await seconds(threads, run)) };
  },
});

const torch = (batch: number, threads: number, form: "eager" | "frozen"): Contestant => ({
  name: form === "eager" ? "PyTorch" : "PyTorch, traced and optimized for inference",
  async prepare() {
    const { folder } = await trainedOnnxGan();
    const args = ["measure", folder, String(batch), String(threads), form];
    const { versions, measure } = await pythonPeer("onnx_gan_torch.py", args, { threads });
    return { versions, measure: async () => IMAGES_PER_RUN / (await measure()) };
  },
});

const compare = (batch: number, threads: number): BenchmarkCase => ({
  name: `batch ${batch}, ${threads === 1 ? "one thread" : `${threads} threads`}`,
  ...(threads > 1 && { unit: "images per second on the clock" }),
  contestants: [ours(batch, threads), torch(batch, threads, "eager"), torch(batch, threads, "frozen")],
});

/** A GAN that PyTorch trained, generated and scored by ONNX Runtime through our adapter and by PyTorch itself. */
export const onnxGan: Benchmark = {
  name: "onnx-gan",
  title: "Proposals of a PyTorch DCGAN for 28x28 images: generate and score",
  unit: "images per second of processor time",
  better: "higher",
  repeats: 7,
  prepare: async () => {
    await trainedOnnxGan();
  },
  cases: [compare(64, 1), compare(256, 1), compare(64, 2), compare(256, 2)],
};
