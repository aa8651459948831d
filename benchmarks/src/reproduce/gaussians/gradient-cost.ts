import type { Gan } from "@mhgan/gan-core";
import { randomStream } from "@mhgan/mcmc";
import type { Tensor } from "@tensorflow/tfjs-core";

const SAMPLES = 4096;
const REPEATS = 10;

/** How many times as long it takes to generate and score samples with the gradients as without, in processor time. */
export async function gradientCost(gan: Gan<Tensor>): Promise<number> {
  const latent = gan.latent!;
  const latents = latent.draw(SAMPLES, randomStream(0));
  const forward = await cpuTime(async () => {
    const samples = await latent.decode(latents);
    await gan.score(samples);
    samples.dispose();
  });
  const both = await cpuTime(async () => {
    await latent.scoreGradients!(latents);
  });
  return both / forward;
}

async function cpuTime(work: () => Promise<void>): Promise<number> {
  await work();
  const start = process.cpuUsage();
  for (let i = 0; i < REPEATS; i++) await work();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}
