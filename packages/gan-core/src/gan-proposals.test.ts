import {
  importanceResampling,
  iteratedSir,
  metropolisHastings,
  randomStream,
  rejection,
  type Selector,
} from "@mhgan/mcmc";
import { describe, expect, test } from "vitest";
import { calibrateGan } from "./calibrate-gan.ts";
import type { CalibratedGan } from "./calibrated-gan.ts";
import type { Gan } from "./gan.ts";
import { drawLatents } from "./latent-prior.ts";
import { shiftedData } from "./testing/shifted-gan.ts";

/** The GAN of shifted normals with latents, which counts the batches that are alive. */
function trackedGan() {
  const alive = new Set<number[]>();
  const track = (batch: number[]) => {
    alive.add(batch);
    return batch;
  };
  let decoded = 0;
  const gan: Gan<number[]> = {
    output: "logit",
    generate: (count, random) => track(Array.from(drawLatents("normal", count, 1, random))),
    score: (batch) => batch.map((x) => x - 0.5),
    take: (batch, rows) => track(Array.from(rows, (row) => batch[row]!)),
    concat: (batches) => track(batches.flat()),
    dispose: (batch) => {
      if (!alive.delete(batch)) throw new Error("freed twice, or not ours");
    },
    latent: {
      size: 1,
      draw: (count, random) => drawLatents("normal", count, 1, random),
      decode: (latents) => {
        decoded += latents.length;
        return track(Array.from(latents));
      },
    },
  };
  return { gan, alive, decoded: () => decoded };
}

const real = shiftedData(2000, randomStream(1));
const samplers: Selector[] = [
  ...(["same-proposals", "fresh", "never"] as const).map((restart) =>
    metropolisHastings({ chainLength: 3, restart }),
  ),
  iteratedSir({ candidates: 3, steps: 2 }),
  importanceResampling({ candidates: 5, draws: 3 }),
  rejection(),
];

describe("what is kept of proposals", () => {
  test.each(samplers)(
    "$name: samples or latents, the draws are the same and all else is freed",
    async (sampler) => {
      const { gan, alive, decoded } = trackedGan();
      const calibrated = await calibrateGan(gan, { real, seed: 1 });
      const run = (options: { keep?: "latents" | "samples"; batchSize?: number }) =>
        calibrated.sample({ draws: 40, sampler, seed: 2, ...options });
      const expected = await run({});
      const decodedForLatents = decoded();
      for (const batchSize of [1, 3, 7, 4096]) {
        expect(await run({ keep: "latents", batchSize })).toEqual(expected);
        const before = decoded();
        const kept = await run({ keep: "samples", batchSize });
        expect(kept).toEqual(expected);
        // No draw was decoded a second time.
        if (batchSize === 4096) expect(decoded() - before).toBeLessThan(decodedForLatents);
      }
      expect(alive.size).toBe(9);
    },
  );

  test("samples are freed when a run is aborted or scoring fails", async () => {
    const { gan, alive } = trackedGan();
    const calibrated = await calibrateGan(gan, { real, seed: 1 });
    const options = {
      draws: 40,
      sampler: metropolisHastings({ chainLength: 3 }),
      seed: 1,
      keep: "samples",
    } as const;
    const controller = new AbortController();
    const onProgress = ({ draws }: { draws: number }) => draws >= 10 && controller.abort();
    await expect(
      calibrated.sample({ ...options, batchSize: 4, signal: controller.signal, onProgress }),
    ).rejects.toThrow("aborted");
    expect(alive.size).toBe(0);
    let calls = 0;
    gan.score = (batch) => batch.map((x) => (++calls > 30 ? Number.NaN : x));
    await expect(calibrated.sample({ ...options, batchSize: 4 })).rejects.toThrow("NaN");
    expect(alive.size).toBe(0);
  });

  test("refuses what it does not know", async () => {
    const calibrated: CalibratedGan<number[]> = await calibrateGan(trackedGan().gan, { real, seed: 1 });
    await expect(
      calibrated.sample({ draws: 1, sampler: rejection(), seed: 1, keep: "scores" as "samples" }),
    ).rejects.toThrow("sample: keep must be one of latents, samples, got scores");
  });
});
