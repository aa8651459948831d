import { serialization, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";
import { mish } from "./mish.ts";

/**
 * Mish as a layer, see {@link mish}. Saved models name it `Mish`; importing this package is enough to load them.
 *
 * @example
 * const model = sequential({ layers: [layers.dense({ units: 100, inputShape: [2] }), new MishLayer(), layers.dense({ units: 1 })] });
 */
export class MishLayer extends layers.Layer {
  /** The name that saved models have for it. */
  static readonly className = "Mish";

  /** Takes what every layer of TensorFlow.js takes, such as a name. */
  constructor(config: ConstructorParameters<typeof layers.Layer>[0] = {}) {
    super(config);
    this.supportsMasking = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [x, ...others] = Array.isArray(inputs) ? inputs : [inputs];
    if (x === undefined || others.length > 0) {
      throw new RangeError(
        `MishLayer: call must get one tensor, got ${others.length + (x === undefined ? 0 : 1)}`,
      );
    }
    return tidy(() => mish(x));
  }

  override computeOutputShape<Shapes>(inputShape: Shapes): Shapes {
    return inputShape;
  }
}

// With it `tf.loadLayersModel` knows the name.
serialization.registerClass(MishLayer);
