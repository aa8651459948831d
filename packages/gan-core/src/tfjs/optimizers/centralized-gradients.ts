import { add, mean, neg, reshape, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { Optimizer } from "./optimizer.ts";

/**
 * Gradient centralisation around any optimizer: from the gradient of each tensor with more than one dimension its mean over all
 * dimensions but the last is subtracted, so that the weights that lead to one output keep their sum.
 *
 * The last dimension counts the outputs of dense and convolution kernels. In kernels of transposed convolutions, [height, width,
 * outputs, inputs], it counts inputs; the published code, where both kinds have their first dimension kept, does the same.
 *
 * Learning rate and state are the inner optimizer's. It owns the inner optimizer.
 *
 * @param inner - takes the centralized gradients; disposed with the result.
 * @see Yong, Huang, Hua and Zhang, "Gradient centralization: a new optimization technique for deep neural networks", ECCV 2020,
 * equation 1.
 */
export function centralizedGradients(inner: Optimizer): Optimizer {
  return {
    get learningRate() {
      return inner.learningRate;
    },
    set learningRate(rate) {
      inner.learningRate = rate;
    },

    applyGradients(gradients) {
      tidy(() => {
        const entries = Object.entries(gradients).map(([name, gradient]) => [name, centralized(gradient)]);
        inner.applyGradients(Object.fromEntries(entries));
      });
    },

    getState: () => inner.getState(),
    setState: (state) => inner.setState(state),
    dispose: () => inner.dispose(),
  };
}

function centralized(gradient: Tensor): Tensor {
  if (gradient.rank < 2) return gradient;
  const rows = reshape(gradient, [-1, gradient.shape.at(-1)!]);
  return reshape(add(rows, neg(mean(rows, 0))), gradient.shape);
}
