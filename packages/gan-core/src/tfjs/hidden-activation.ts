import { layers } from "@tensorflow/tfjs-layers";
import { MishLayer } from "./mish-layer.ts";

/** What stands between the layers of a network. Leaky ReLU has slope 0.2 on the left, as DCGAN. */
export type HiddenActivation = "relu" | "leakyRelu" | "mish";

const makers: Record<HiddenActivation, () => layers.Layer> = {
  relu: () => layers.reLU(),
  leakyRelu: () => layers.leakyReLU({ alpha: 0.2 }),
  mish: () => new MishLayer(),
};

/**
 * A new layer of this activation.
 *
 * @throws {RangeError} if there is no such activation.
 */
export function activationLayer(caller: string, activation: HiddenActivation): layers.Layer {
  if (!Object.hasOwn(makers, activation)) {
    throw new RangeError(
      `${caller}: activation must be one of ${Object.keys(makers).join(", ")}, got ${String(activation)}`,
    );
  }
  return makers[activation]();
}
