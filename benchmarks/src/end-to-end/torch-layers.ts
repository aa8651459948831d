import type { NpyInput } from "@mhgan/datasets";
import type { LayersModel } from "@tensorflow/tfjs-layers";

/** A layer as `peers/networks_torch.py` builds it: its class and configuration, and how many arrays of weights it has. */
export interface TorchLayer {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly weights: number;
}

/** What PyTorch needs to build a sequential model anew: its layers, and their weights as arrays named `NAME-LAYER-WEIGHT`. */
export function torchLayers(
  name: string,
  model: LayersModel,
): { readonly layers: readonly TorchLayer[]; readonly arrays: readonly (readonly [string, NpyInput])[] } {
  const layers = model.layers.map((layer) => ({
    type: layer.getClassName(),
    config: layer.getConfig() as Record<string, unknown>,
    weights: layer.getWeights().length,
  }));
  const arrays = model.layers.flatMap((layer, i) =>
    layer
      .getWeights()
      .map((weight, j): readonly [string, NpyInput] => [
        `${name}-${i}-${j}`,
        { data: Float32Array.from(weight.dataSync()), shape: weight.shape },
      ]),
  );
  return { layers, arrays };
}
