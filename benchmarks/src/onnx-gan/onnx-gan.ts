import { fromOnnx } from "@mhgan/gan-core/onnx";
import { randomStream } from "@mhgan/mcmc";
import type { Benchmark, BenchmarkCase, Contestant } from "../harness/benchmark.ts";
import { pythonPeer } from "../harness/python-peer.ts";
import { largestDifference, trainedOnnxGan } from "./trained-onnx-gan.ts";

/** As in `peers/onnx_gan_torch.py`. */
const IMAGES_PER_RUN = 1024;

/** One thread is measured by its processor time, which stays comparable on a busy machine; more only the clock can measure. */
async function seconds(threads: number, work: () => Promise<void>): Promise<number> {
  const cpu = process.cpuUsage();
  const begin = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return threads === 1 ? (user + system) / 1e6 : (performance.now() - begin) / 1e3;
}

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
    return async () => IMAGES_PER_RUN / (await seconds(threads, run));
  },
});

const torch = (batch: number, threads: number, form: "eager" | "frozen"): Contestant => ({
  name: form === "eager" ? "PyTorch" : "PyTorch, traced and optimized for inference",
  async prepare() {
    const { folder } = await trainedOnnxGan();
    const measure = await pythonPeer("onnx_gan_torch.py", [
      "measure",
      folder,
      String(batch),
      String(threads),
      form,
    ]);
    return async () => IMAGES_PER_RUN / (await measure());
  },
});

const compare = (batch: number, threads: number): BenchmarkCase => ({
  name: `batch ${batch}, ${threads === 1 ? "one thread" : `${threads} threads`}`,
  contestants: [ours(batch, threads), torch(batch, threads, "eager"), torch(batch, threads, "frozen")],
});

/** A GAN that PyTorch trained, generated and scored by ONNX Runtime through our adapter and by PyTorch itself. */
export const onnxGan: Benchmark = {
  name: "onnx-gan",
  title: "Proposals of a PyTorch DCGAN for 28x28 images: generate and score",
  unit: "images per second of processor time",
  better: "higher",
  repeats: 7,
  cases: [compare(64, 1), compare(256, 1)],
};

/** The same on two cores; only on a machine that does nothing else. */
export const onnxGanTwoThreads: Benchmark = {
  ...onnxGan,
  name: "onnx-gan-two-threads",
  title: `${onnxGan.title}, on two cores`,
  unit: "images per second on the clock",
  cases: [compare(64, 2), compare(256, 2)],
};
