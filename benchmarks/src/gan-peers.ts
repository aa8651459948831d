import type { Contestant } from "./harness/benchmark.ts";
import { pythonPeer } from "./harness/python-peer.ts";

/** What PyTorch and TensorFlow are to do, on the networks of `models.ts`. */
export interface GanWork {
  readonly task: "generate-score" | "training-step";
  readonly architecture: "dcgan" | "mlp";
  /** Of an `mlp`. */
  readonly units: number;
  readonly batch: number;
  /** How often a measurement does it. */
  readonly runs: number;
  readonly threads: number;
}

const argumentsOf = ({ task, architecture, units, batch, runs, threads }: GanWork): string[] => [
  task,
  architecture,
  ...[units, batch, runs, threads].map(String),
];

/** @param toUnit - makes the seconds of one run a figure. */
const peer = (
  name: string,
  script: string,
  work: GanWork,
  toUnit: (seconds: number) => number,
  more: readonly string[] = [],
): Contestant => ({
  name,
  async prepare() {
    const { threads, runs } = work;
    const { versions, measure } = await pythonPeer(script, [...argumentsOf(work), ...more], { threads });
    return { versions, measure: async () => toUnit((await measure()) / runs) };
  },
});

/** PyTorch as it is written, or traced and frozen. */
export const torchPeer = (
  work: GanWork,
  toUnit: (seconds: number) => number,
  form: "eager" | "frozen" = "eager",
): Contestant =>
  peer(
    form === "eager" ? "PyTorch" : "PyTorch, traced and optimized for inference",
    "gan_torch.py",
    work,
    toUnit,
    [form],
  );

/** TensorFlow with Keras, traced by tf.function. */
export const tensorflowPeer = (work: GanWork, toUnit: (seconds: number) => number): Contestant =>
  peer("TensorFlow, tf.function", "gan_tensorflow.py", work, toUnit);
