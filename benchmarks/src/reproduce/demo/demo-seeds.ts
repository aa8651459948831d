import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "@mhgan/cli";
import { twentyFiveGaussians } from "@mhgan/datasets";
import type { Study, StudyTable } from "../study.ts";

const SEEDS: readonly number[] = [1, 2, 3, 4, 5];
const { scale } = twentyFiveGaussians({ standardize: true });

/** What `mhgan demo --json` prints, as far as it is shown here. */
export interface DemoOutput {
  readonly seed: number;
  readonly draws: number;
  readonly chainLength: number;
  readonly metrics: Readonly<Record<"real" | "gan" | "mhgan", DemoMetrics>>;
  readonly proposals: number;
  readonly calibration: {
    readonly predictedAcceptance: number;
    readonly before: { readonly z: number };
    readonly after: { readonly z: number };
  };
  readonly seconds: number;
}

interface DemoMetrics {
  readonly highQualityShare: number;
  readonly recoveredModes: number;
  readonly jensenShannon: number;
  /** In standardised units. */
  readonly withinModeSd: number;
}

/** The demo of the command-line tool, as anybody runs it. */
export const demoSeeds: Study = {
  name: "demo-seeds",
  title: "The demo on five seeds",
  async run(log) {
    const outputs: DemoOutput[] = [];
    for (const seed of SEEDS) {
      outputs.push(await demo(seed));
      log(`seed ${seed}: ${outputs.at(-1)!.seconds} s`);
    }
    return {
      settings: { seeds: SEEDS, seconds: outputs.map(({ seconds }) => seconds) },
      tables: [demoTable(outputs[0]!), seedsTable(outputs)],
    };
  },
};

async function demo(seed: number): Promise<DemoOutput> {
  const out = await mkdtemp(join(tmpdir(), "mhgan-demo-"));
  try {
    const printed: string[] = [];
    const errors: string[] = [];
    const code = await main(["demo", "--seed", String(seed), "--out", out, "--json"], {
      stdout: { write: (text) => printed.push(text) },
      stderr: { write: (text) => errors.push(text) },
      signal: new AbortController().signal,
    });
    if (code !== 0) throw new Error(`mhgan demo --seed ${seed} ended with ${code}: ${errors.join("")}`);
    return JSON.parse(printed.join("")) as DemoOutput;
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The samples of one run beside real ones. */
export function demoTable({ seed, draws, chainLength, metrics }: DemoOutput): StudyTable {
  const row = (name: string, of: DemoMetrics) => ({
    name,
    cells: [percent(of.highQualityShare), [of.recoveredModes], [of.jensenShannon], [of.withinModeSd / scale]],
  });
  return {
    title: `Seed ${seed}`,
    note: `\`npm run demo\`, ${draws.toLocaleString("en")} samples each. High quality: within 4 standard deviations of a mode. JSD: Jensen-Shannon divergence from equal shares of the modes, in nats.`,
    columns: [
      { name: "high quality", digits: 0 },
      { name: "modes", digits: 0 },
      { name: "JSD", digits: 4 },
      { name: "within-mode sd", digits: 4 },
    ],
    rows: [
      row("real data", metrics.real),
      row("GAN", metrics.gan),
      row(`MH-GAN, K = ${chainLength}`, metrics.mhgan),
    ],
  };
}

/** One row for each run. */
export function seedsTable(outputs: readonly DemoOutput[]): StudyTable {
  return {
    title: "All seeds",
    note: "`npm run demo -- --seed S`. Acceptance: 2(1 − AUC) of the calibrated discriminator. Samples per draw: chains are found backward under the largest weight that the calibrator can give. Z: Dawid's, before and after calibration.",
    columns: [
      { name: "high quality: GAN", digits: 0 },
      { name: "MH-GAN", digits: 0 },
      { name: "JSD: GAN", digits: 3 },
      { name: "MH-GAN", digits: 3 },
      { name: "modes: GAN", digits: 0 },
      { name: "MH-GAN", digits: 0 },
      { name: "acceptance (predicted)", digits: 0 },
      { name: "samples per draw", digits: 0 },
      { name: "Z: before", digits: 1 },
      { name: "after", digits: 1 },
    ],
    rows: outputs.map(({ seed, draws, metrics: { gan, mhgan }, proposals, calibration }) => ({
      name: String(seed),
      cells: [
        percent(gan.highQualityShare),
        percent(mhgan.highQualityShare),
        [gan.jensenShannon],
        [mhgan.jensenShannon],
        [gan.recoveredModes],
        [mhgan.recoveredModes],
        percent(calibration.predictedAcceptance),
        [proposals / draws],
        [calibration.before.z],
        [calibration.after.z],
      ],
    })),
  };
}
