import type { RandomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { ArrayBatch } from "../../batch.ts";
import { sha256 } from "../models/sha256.ts";
import { variablesOf } from "./model-weights.ts";

/** What decides about the bits of a run, by name: options as they are, data and models by their SHA-256. */
export type TrainingFingerprint = Readonly<Record<string, string | number | boolean>>;

/** The fingerprint of a run, but for its schedule. */
export async function trainingFingerprint(run: {
  readonly generator: LayersModel;
  readonly discriminator: LayersModel;
  readonly real: ArrayBatch;
  readonly seed: RandomStream;
  readonly heldOutSeed: RandomStream;
  readonly options: TrainingFingerprint;
}): Promise<TrainingFingerprint> {
  const { data, shape } = run.real;
  return {
    ...run.options,
    seed: keyOf(run.seed),
    heldOutSeed: keyOf(run.heldOutSeed),
    backend: tf.getBackend(),
    "real.shape": shape.join(" × "),
    "real.data": await sha256InParts(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
    generator: await sha256(new TextEncoder().encode(architectureOf(run.generator))),
    discriminator: await sha256(new TextEncoder().encode(architectureOf(run.discriminator))),
  };
}

/**
 * What a schedule gave at the steps done, as far as a few probes tell. Steps to come do not count: a run may go on for longer than
 * was planned if its schedule does not depend on the plan.
 */
export function scheduleFingerprint(rate: (step: number) => number, stepsDone: number): string {
  const probes = new Set([0, stepsDone - 1]);
  for (let step = 1; step < stepsDone; step *= 2) probes.add(step);
  return stepsDone === 0 ? "" : Array.from(probes, rate).join(" ");
}

/** @throws {RangeError} that names what differs, if a checkpoint is of another run. */
export function requireSameRun(saved: TrainingFingerprint, present: TrainingFingerprint): void {
  const names = new Set([...Object.keys(saved), ...Object.keys(present)]);
  const differences = [...names].filter((name) => saved[name] !== present[name]);
  if (differences.length === 0) return;
  const words = differences.map((name) => {
    const [was, is] = [String(saved[name]), String(present[name])];
    return was.length + is.length > 60 ? name : `${name} (${was} then, ${is} now)`;
  });
  throw new RangeError(
    `trainGan: to resume, the run must be the one that saved the checkpoint, but these differ: ${words.join(", ")}`,
  );
}

/** Draws do not advance a stream that is only split, so its key is all of it. */
const keyOf = (stream: RandomStream): string => stream.toJSON().key.join("-");

/** Layers and shapes. Names depend on what else was made in the process, and initial weights are replaced. */
function architectureOf(model: LayersModel): string {
  const shapes = variablesOf(model, "all").map(({ shape }) => shape);
  const names = ["name", "inboundNodes", "inputLayers", "outputLayers"];
  return JSON.stringify([model.getConfig(), shapes], (key, value) =>
    names.includes(key) || key.endsWith("Initializer") ? undefined : value,
  );
}

const PART = 2 ** 26;

/** Digests take one array, and engines limit its length: large data are hashed by the hashes of their parts. */
async function sha256InParts(bytes: Uint8Array): Promise<string> {
  if (bytes.length <= PART) return sha256(bytes);
  const parts: string[] = [];
  for (let begin = 0; begin < bytes.length; begin += PART) {
    parts.push(await sha256(bytes.subarray(begin, begin + PART)));
  }
  return sha256(new TextEncoder().encode(parts.join(" ")));
}
