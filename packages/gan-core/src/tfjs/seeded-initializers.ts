import type { RandomStream } from "@mhgan/mcmc";
import { initializers } from "@tensorflow/tfjs-layers";

type Initializer = ReturnType<typeof initializers.randomUniform>;

/** Gives one initializer after another, each with its own seed from the stream, so that a model is made of one seed. */
export interface SeededInitializers {
  /** Uniform on ±√(1 / inputs), as PyTorch starts both weights and biases of its linear layers. */
  linear(inputs: number): Initializer;
  /** Normal with this standard deviation, as DCGAN uses. */
  normal(sd: number): Initializer;
}

/** Initializers whose seeds come from a stream. */
export function seededInitializers(random: RandomStream): SeededInitializers {
  const seed = () => Math.floor(random() * 2 ** 31);
  return {
    linear: (inputs) => {
      const limit = Math.sqrt(1 / inputs);
      return initializers.randomUniform({ minval: -limit, maxval: limit, seed: seed() });
    },
    normal: (sd) => initializers.randomNormal({ mean: 0, stddev: sd, seed: seed() }),
  };
}
