import type { LayersModel } from "@tensorflow/tfjs-layers";

/** A trained GAN and its raw scores of real samples it was not trained on. */
export interface RawGan {
  readonly generator: LayersModel;
  readonly discriminator: LayersModel;
  readonly realScores: Float64Array;
}
