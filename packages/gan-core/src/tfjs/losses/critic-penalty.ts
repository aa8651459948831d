import type { RandomStream } from "@mhgan/mcmc";
import type * as tf from "@tensorflow/tfjs-core";

export type CriticPenalty = (
  critic: (samples: tf.Tensor) => tf.Tensor,
  real: tf.Tensor,
  fake: tf.Tensor,
  random: RandomStream,
) => tf.Scalar;
