import type { ArrayBatch } from "../../batch.ts";
import type { TrainGanOptions } from "./train-gan-options.ts";

/** @throws {RangeError} that says which option of `trainGan` is off. */
export function requireOptions(options: TrainGanOptions): void {
  for (const name of [
    "steps",
    "batchSize",
    "criticSteps",
    "penaltyEvery",
    "progressEvery",
    "checkpointEvery",
  ] as const) {
    const value = options[name];
    if ((name === "steps" || value !== undefined) && !(Number.isSafeInteger(value) && value! >= 1)) {
      throw new RangeError(`trainGan: ${name} must be an integer from 1, got ${value}`);
    }
  }
  const { generatorAverage = 0, weightClip, resume, checkpoints } = options;
  if (!(generatorAverage >= 0 && generatorAverage < 1)) {
    throw new RangeError(`trainGan: generatorAverage must be in [0, 1), got ${generatorAverage}`);
  }
  if (weightClip !== undefined && !(weightClip > 0)) {
    throw new RangeError(`trainGan: weightClip must be above 0, got ${weightClip}`);
  }
  if (resume === true && checkpoints === undefined) {
    throw new RangeError("trainGan: checkpoints must be given to resume, got none");
  }
  requireModels(options);
  requireReal(options.real, options.discriminator.inputs[0]!.shape.slice(1));
}

function requireModels({ generator, discriminator }: TrainGanOptions): void {
  const [input, made] = [generator.inputs[0]?.shape, generator.outputs[0]?.shape];
  const [judged, scores] = [discriminator.inputs[0]?.shape, discriminator.outputs[0]?.shape];
  if (generator.inputs.length !== 1 || input?.length !== 2 || typeof input[1] !== "number") {
    throw new RangeError(`trainGan: generator must take one input of shape [batch, latent], got [${input}]`);
  }
  if (
    discriminator.outputs.length !== 1 ||
    scores === undefined ||
    scores.slice(1).some((side) => side !== 1)
  ) {
    throw new RangeError(`trainGan: discriminator must give one number a sample, got shape [${scores}]`);
  }
  if (made === undefined || judged === undefined || !fits(made.slice(1), judged.slice(1))) {
    throw new RangeError(
      `trainGan: discriminator must take what the generator makes, [${made?.slice(1)}], got an input of [${judged?.slice(1)}]`,
    );
  }
}

function requireReal({ data, shape }: ArrayBatch, wanted: readonly (number | null)[]): void {
  if (!(shape[0]! >= 1)) throw new RangeError("trainGan: real must hold at least one sample, got none");
  const size = shape.reduce((product, side) => product * side, 1);
  if (data.length !== size) {
    throw new RangeError(
      `trainGan: real must hold the ${size} values of its shape [${shape}], got ${data.length}`,
    );
  }
  if (!fits(shape.slice(1), wanted)) {
    throw new RangeError(
      `trainGan: real must hold samples of the discriminator's shape [${wanted}], got [${shape.slice(1)}]`,
    );
  }
  if (data instanceof Uint8Array) return;
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i]!)) {
      throw new RangeError(
        `trainGan: real must be finite, got ${data[i]} in sample ${Math.floor((i * shape[0]!) / size)}`,
      );
    }
  }
}

/** A side that is null may have any length. */
const fits = (shape: readonly (number | null)[], wanted: readonly (number | null)[]): boolean =>
  shape.length === wanted.length &&
  shape.every((side, i) => side === wanted[i] || side === null || wanted[i] === null);
