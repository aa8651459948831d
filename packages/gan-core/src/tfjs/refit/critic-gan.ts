import type { LayersModel } from "@tensorflow/tfjs-layers";
import { batchOperations } from "../../batch-operations.ts";
import { batchLength, batchRows, type Features, type Rows } from "../../batch-rows.ts";
import type { Gan } from "../../gan.ts";
import { rescoredGan } from "../../rescored-gan.ts";
import { CHUNK, chosenRows } from "../../sample-rows.ts";
import { type Critic, criticOf } from "./critic.ts";

/** Options of {@link criticGan}. */
export interface CriticGanOptions<Batch> {
  /** What the critics see instead of the samples: the function they were trained with. */
  readonly features?: Features<NoInfer<Batch>>;
}

/**
 * A GAN with the scores of critics that were trained before: the `gan` of `refitDiscriminator` once more, from its saved `critics`.
 *
 * The models stay yours to dispose. Gradients of the old scores are not taken over.
 *
 * @param gan - the generator; its own scores are not used.
 * @param critics - at least one; their logits are averaged.
 * @throws {RangeError} if there is no critic.
 * @example
 * ```ts given features gan refit
 * import { criticGan } from "@mhgan/gan-core/tfjs";
 * import { loadModel, saveModel } from "@mhgan/gan-core/node";
 * await saveModel(refit.critics[0]!, "critic");
 * const rescored = criticGan(gan, [await loadModel("critic")], { features });
 * ```
 */
export function criticGan<Batch>(
  gan: Gan<Batch>,
  critics: readonly LayersModel[],
  options: CriticGanOptions<Batch> = {},
): Gan<Batch> {
  if (critics.length === 0) throw new RangeError("criticGan: critics must hold at least one model, got none");
  return ganOfCritics(
    gan,
    critics.map((model) => criticOf(model)),
    options.features,
  );
}

/** The GAN with the mean logit of critics for its score. */
export function ganOfCritics<Batch>(
  gan: Gan<Batch>,
  critics: readonly Critic[],
  features: Features<Batch> | undefined,
): Gan<Batch> {
  return rescoredGan(gan, (batch) => batchScores(gan, critics, batch, features));
}

async function batchScores<Batch>(
  gan: Gan<Batch>,
  critics: readonly Critic[],
  batch: Batch,
  features: Features<Batch> | undefined,
): Promise<Float64Array> {
  const count = batchLength(batch);
  if (features === undefined || count === undefined || count <= CHUNK) {
    return meanScores(critics, await batchRows("score", batch, features));
  }
  const all = Uint32Array.from({ length: count }, (_, row) => row);
  return meanScores(
    critics,
    await chosenRows("score", batchOperations(gan), batch, all, features, undefined),
  );
}

/** The mean logit of some critics. */
export async function meanScores(critics: readonly Critic[], rows: Rows): Promise<Float64Array> {
  const mean = new Float64Array(rows.shape[0]);
  for (const critic of critics) {
    const scores = await critic.scores(rows);
    for (let i = 0; i < mean.length; i++) mean[i]! += scores[i]! / critics.length;
  }
  return mean;
}
