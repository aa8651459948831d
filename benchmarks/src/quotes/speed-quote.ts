import { type ContestantResult, ratioOf } from "../harness/run-benchmark.ts";
import { figure, ratioText } from "../harness/speed-markdown.ts";
import type { SpeedRecord } from "../harness/speed-record.ts";
import { recorded } from "./recorded.ts";

/** A line of the table of speed: a case of a benchmark, and what ours is compared with there. */
interface Headline {
  readonly benchmark: string;
  readonly case: string;
  /** How the case is called where its benchmark is not named. */
  readonly title: string;
  /** Of the figures shown. */
  readonly unit: string;
  /** Default: the first. */
  readonly ours?: string;
  readonly peers: readonly string[];
}

const headlines: readonly Headline[] = [
  {
    benchmark: "selection",
    case: "1,000 chains of 640",
    title: "Metropolis-Hastings on given weights, chains of 640",
    unit: "million proposals/s",
    peers: ["NumPy, all chains at once", "Python loop, with the operations of the MH-GAN authors' mh_sample"],
  },
  {
    benchmark: "calibration",
    case: "isotonic fit and predict of 100,000 rows",
    title: "isotonic regression, 100,000 scores",
    unit: "ms",
    peers: ["scikit-learn"],
  },
  {
    benchmark: "calibration",
    case: "Platt fit of 100,000 rows",
    title: "Platt scaling, 100,000 scores",
    unit: "ms",
    peers: ["scikit-learn"],
  },
  {
    benchmark: "diagnostics",
    case: "bulkEffectiveSampleSize, correlation 0.3",
    title: "bulk effective sample size, 4 × 10,000 draws of 50 quantities",
    unit: "ms",
    peers: ["ArviZ"],
  },
  {
    benchmark: "features",
    case: "10,000 × 2 real and fake",
    title: "precision, recall, density, coverage of 10,000 × 2",
    unit: "ms",
    peers: ["NumPy and scikit-learn"],
  },
  {
    benchmark: "features",
    case: "2,000 × 512 real and fake",
    title: "the same of 2,000 × 512",
    unit: "ms",
    peers: ["NumPy and scikit-learn"],
  },
  {
    benchmark: "generate-score",
    case: "DCGAN 28x28, batch 256",
    title: "DCGAN, generate and score",
    unit: "images/s",
    peers: ["stock wasm", "PyTorch", "TensorFlow, tf.function"],
  },
  {
    benchmark: "onnx-gan",
    case: "batch 256, one thread",
    title: "the same by ONNX Runtime",
    unit: "images/s",
    peers: ["PyTorch"],
  },
  {
    benchmark: "training-step",
    case: "DCGAN 28x28, batch 64",
    title: "DCGAN, training step of 64",
    unit: "ms",
    peers: ["stock wasm + filter gradient from tfjs ops", "PyTorch", "TensorFlow, tf.function"],
  },
  {
    benchmark: "end-to-end",
    case: "25 Gaussians, MLP, one thread",
    title: "1,000 MH-GAN draws, 25 Gaussians",
    unit: "s",
    peers: ["PyTorch, scikit-learn and NumPy, forward"],
  },
  {
    benchmark: "end-to-end",
    case: "25 Gaussians, MLP, one thread",
    title: "the same by ONNX Runtime, as `recommend` advises",
    unit: "s",
    ours: "gan-core, ONNX Runtime, as recommended",
    peers: ["PyTorch, scikit-learn and NumPy, forward"],
  },
  {
    benchmark: "end-to-end",
    case: "28x28 images, DCGAN, one thread",
    title: "1,000 MH-GAN draws, 28x28 images",
    unit: "s",
    peers: ["PyTorch, scikit-learn and NumPy, forward"],
  },
  {
    benchmark: "end-to-end",
    case: "28x28 images, DCGAN, one thread",
    title: "the same by ONNX Runtime",
    unit: "s",
    ours: "gan-core, ONNX Runtime, backward",
    peers: ["PyTorch, scikit-learn and NumPy, forward"],
  },
];

/** The names of contestants that are too long for the table. */
const shortNames: Readonly<Record<string, string>> = {
  "Python loop, with the operations of the MH-GAN authors' mh_sample": "the authors' loop, in Python",
  "stock wasm": "tfjs wasm as it is installed",
  "stock wasm + filter gradient from tfjs ops": "tfjs wasm as it is installed",
};

/** A line for each main case and peer: ours, the peer's and the ratio. */
export function speedQuote(): string {
  const records = new Map(
    headlines.map(({ benchmark }) => [benchmark, recorded<SpeedRecord>(`speed/${benchmark}`)]),
  );
  return speedTable(records);
}

/** @throws {Error} if a record lacks a case or a contestant that the table shows. */
export function speedTable(records: ReadonlyMap<string, SpeedRecord>): string {
  const rows = headlines.flatMap((headline) => {
    const { benchmark, case: wanted, title, unit } = headline;
    const record = records.get(benchmark);
    const found = record?.cases.find(({ name }) => name === wanted);
    if (record === undefined || found === undefined) {
      throw new Error(`there is no record of "${wanted}" of ${benchmark}`);
    }
    const contestant = (name: string): ContestantResult => {
      const result = found.contestants.find((other) => other.name === name);
      if (result === undefined) throw new Error(`${benchmark}, "${wanted}": there is no record of ${name}`);
      return result;
    };
    const ours = headline.ours === undefined ? found.contestants[0]! : contestant(headline.ours);
    return headline.peers.map((name, i) => {
      const peer = contestant(name);
      const both = ours.median !== undefined && peer.median !== undefined;
      const cells = [
        ...(i === 0 ? [`${title} (${unit})`, medianText(ours.median)] : ["", ""]),
        shortNames[name] ?? name,
        medianText(peer.median),
        both ? ratioText(ratioOf(ours.values, peer.values, record.better)) : "",
      ];
      return `| ${cells.join(" | ")} |`;
    });
  });
  return ["| | ours | beside | its | ours is better by |", "|---|---:|---|---:|---:|", ...rows].join("\n");
}

const medianText = (median: number | undefined): string =>
  median === undefined
    ? "missing"
    : median >= 1000
      ? Math.round(median).toLocaleString("en")
      : figure(median);
