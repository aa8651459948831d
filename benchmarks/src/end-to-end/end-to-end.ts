import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type CalibratedGan, type Gan, withCalibration } from "@mhgan/gan-core";
import { fromOnnx } from "@mhgan/gan-core/onnx";
import { fromTfjs } from "@mhgan/gan-core/tfjs";
import { metropolisHastings, type Selector, selectorOf } from "@mhgan/mcmc";
import { dispose } from "@tensorflow/tfjs-core";
import { ourWasm } from "../contenders.ts";
import { forward } from "../forward.ts";
import type { Benchmark, BenchmarkCase, Contestant, Facts } from "../harness/benchmark.ts";
import { peerPython } from "../harness/peer-python.ts";
import { peerScript, pythonFailure, pythonPeer } from "../harness/python-peer.ts";
import { seconds } from "../harness/seconds.ts";
import { demoGan } from "./demo-gan.ts";
import {
  type Chain,
  readSharedGan,
  type SharedGan,
  sharedFolder,
  shareGan,
  TOTAL_VARIATION,
} from "./shared-gan.ts";
import { shippedImageGan } from "./shipped-gan.ts";

/** A GAN that draws are taken from. */
interface Setting {
  readonly gan: "25-gaussians" | "images";
  readonly title: string;
  /** Of one measurement, which is scaled to 1,000. */
  readonly draws: number;
  /** Samples that go through the networks in one call. */
  readonly batchSize: number;
}

const settings: readonly Setting[] = [
  { gan: "25-gaussians", title: "25 Gaussians, MLP", draws: 1000, batchSize: 4096 },
  { gan: "images", title: "28x28 images, DCGAN", draws: 200, batchSize: 256 },
];

/** How draws are taken: chains of the length that is needed, in one direction or the other, or what `recommend` advises for the same nearness. */
type Way = "backward" | "forward" | "as recommended";

const factsOf = ({ chainLength, totalVariation }: Partial<Chain>, proposals: number): Facts => ({
  ...(chainLength !== undefined && { "chain length": chainLength }),
  ...(totalVariation !== undefined && { "predicted TV": totalVariation }),
  "proposals a draw": proposals,
});

function chosen(
  way: Way,
  chain: Chain,
  calibrated: CalibratedGan<unknown>,
): { readonly chain: Partial<Chain>; readonly sampler: Selector } {
  if (way === "as recommended") {
    const advice = calibrated.recommend({ totalVariation: TOTAL_VARIATION });
    return { chain: { totalVariation: advice.totalVariation }, sampler: selectorOf(advice) };
  }
  const selector = metropolisHastings({ chainLength: chain.chainLength });
  return { chain, sampler: way === "backward" ? selector : forward(selector) };
}

/** Draws by `sample` from any GAN of ours. */
function ours(
  name: string,
  { gan: key, draws, batchSize }: Setting,
  way: Way,
  threads: number,
  open: (shared: SharedGan) => Promise<Gan<unknown>>,
): Contestant {
  return {
    name,
    async prepare() {
      const shared = await readSharedGan(key);
      const gan = await open(shared);
      const { latents, scores } = shared.checks;
      checkScores(await gan.score(await gan.latent!.decode(latents)), scores);
      const calibrated = withCalibration(gan, shared.scores);
      const { chain, sampler } = chosen(way, shared.plan.ours, calibrated);
      let proposals = 0;
      const run = async (count: number, seed: number): Promise<void> => {
        const { samples, info } = await calibrated.sample({ draws: count, sampler, seed, batchSize });
        gan.dispose?.(samples);
        proposals = info.proposals / count;
      };
      await run(Math.ceil(draws / 10), 0);
      let seed = 0;
      return {
        async measure() {
          seed++;
          return perThousand(await seconds(threads, () => run(draws, seed)), draws);
        },
        facts: () => factsOf(chain, proposals),
      };
    },
  };
}

const perThousand = (taken: number, draws: number): number => (1000 * taken) / draws;

/** @throws if another program's networks are not the same. */
function checkScores(scores: ArrayLike<number>, expected: Float64Array): void {
  const difference = expected.reduce((most, score, i) => Math.max(most, Math.abs(score - scores[i]!)), 0);
  if (!(difference < 1e-3))
    throw new Error(`scores differ by ${difference}: these are not the same networks`);
}

const wasm = (setting: Setting, way: Way): Contestant =>
  ours(`gan-core, tfjs wasm, ${way}`, setting, way, 1, async ({ models }) => {
    await ourWasm();
    const { generator, discriminator } = await models();
    const gan = fromTfjs(generator, discriminator, { output: "unbounded", batchSize: setting.batchSize });
    return { ...gan, dispose } as Gan<unknown>;
  });

const onnx = (setting: Setting, way: Way, threads: number): Contestant =>
  ours(`gan-core, ONNX Runtime, ${way}`, setting, way, threads, async () => {
    const folder = sharedFolder(setting.gan);
    await exportOnnx(folder);
    const gan = await fromOnnx({
      generator: join(folder, "generator.onnx"),
      discriminator: join(folder, "discriminator.onnx"),
      output: "unbounded",
      threads,
    });
    return gan as Gan<unknown>;
  });

/** The authors' way: forward chains, networks in PyTorch, isotonic regression of scikit-learn, all chains of a block at once in NumPy. */
const authors = ({ gan, draws, batchSize }: Setting, threads: number): Contestant => ({
  name: "PyTorch, scikit-learn and NumPy, forward",
  async prepare() {
    const { authors: chain } = (await readSharedGan(gan)).plan;
    const args = ["measure", sharedFolder(gan), String(draws), String(batchSize), String(threads)];
    const { versions, measure, facts } = await pythonPeer("end_to_end_torch.py", args, { threads });
    return {
      versions,
      measure: async () => perThousand(await measure(), draws),
      facts: () => factsOf(chain, facts()["proposals"]! / draws),
    };
  },
});

/**
 * Writes both networks as ONNX, by way of PyTorch.
 *
 * @throws {MissingPeer} if Python, torch or onnx are missing.
 */
async function exportOnnx(folder: string): Promise<void> {
  const exists = await access(join(folder, "discriminator.onnx")).then(
    () => true,
    () => false,
  );
  if (exists) return;
  const { path, env } = peerPython(1);
  try {
    await promisify(execFile)(path, [peerScript("end_to_end_torch.py"), "export", folder], { env });
  } catch (error) {
    throw pythonFailure(path, (error as { stderr?: string }).stderr || String(error));
  }
}

const cases = settings.flatMap((setting): BenchmarkCase[] => [
  {
    name: `${setting.title}, one thread`,
    contestants: [
      wasm(setting, "backward"),
      wasm(setting, "forward"),
      onnx(setting, "backward", 1),
      onnx(setting, "as recommended", 1),
      authors(setting, 1),
    ],
  },
  {
    name: `${setting.title}, two threads`,
    unit: "seconds on the clock per 1,000 draws",
    contestants: [onnx(setting, "backward", 2), onnx(setting, "as recommended", 2), authors(setting, 2)],
  },
]);

/** From a trained GAN to draws: the same networks, scores and target, and chains as long as each needs to come equally near. */
export const endToEnd: Benchmark = {
  name: "end-to-end",
  title: `1,000 draws of MH-GAN with a predicted total variation of ${TOTAL_VARIATION} from the target`,
  unit: "seconds of processor time per 1,000 draws",
  better: "lower",
  repeats: 3,
  async prepare(log) {
    await ourWasm();
    await shareGan("25-gaussians", await demoGan(log));
    await shareGan("images", await shippedImageGan());
  },
  cases,
};
