import { type LayersModel, layers } from "@tensorflow/tfjs-layers";

/** The sigmoid that a model ends in. */
export interface FinalSigmoid {
  /** Runs something, which must be synchronous, while the model gives what would go into its sigmoid. */
  leftOut<Result>(run: () => Result): Result;
}

/** What is used of a layer. The activation is a field of every kind of layer that has one, though not of its type. */
interface LayerWithActivation {
  activation?: { getClassName(): string };
  readonly inboundNodes: readonly { readonly inboundLayers: readonly LayerWithActivation[] }[];
  /** Of a model that is a layer of another. */
  readonly outputs?: LayersModel["outputs"];
  getClassName(): string;
}

/** Layers that leave every number as it is. */
const passThrough = new Set(["Flatten", "Reshape", "Dropout"]);

/**
 * Finds the sigmoid at the end of a model: a layer Activation, or the activation of a layer such as Dense or Conv2D; also in a model that is the last
 * layer, and before layers that only reshape. Undefined if there is none.
 *
 * To leave it out, the layer's activation is exchanged while the model runs: so every kind of layer and model is served, in whatever way it was put
 * together, and later training of the weights is seen, as there is no second layer.
 */
export function finalSigmoid(model: LayersModel): FinalSigmoid | undefined {
  let layer = sourceOf(model);
  while (layer.outputs !== undefined || passThrough.has(layer.getClassName())) {
    if (layer.outputs !== undefined) layer = sourceOf(layer as { outputs: LayersModel["outputs"] });
    else {
      const before = layer.inboundNodes[0]?.inboundLayers;
      if (before?.length !== 1) return undefined;
      layer = before[0]!;
    }
  }
  const sigmoid = layer.activation;
  // A layer that is used twice would lose the activation in both places.
  if (sigmoid?.getClassName() !== "sigmoid" || layer.inboundNodes.length !== 1) return undefined;
  const linear = (layers.activation({ activation: "linear" }) as unknown as Required<LayerWithActivation>)
    .activation;
  return {
    leftOut(run) {
      layer.activation = linear;
      try {
        return run();
      } finally {
        layer.activation = sigmoid;
      }
    },
  };
}

const sourceOf = ({ outputs }: Pick<LayersModel, "outputs">): LayerWithActivation =>
  outputs[0]!.sourceLayer as unknown as LayerWithActivation;
