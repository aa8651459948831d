import { add, clipByValue, customGrad, div, exp, mul, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { runFused } from "./gradients/gradient-patch.ts";

/**
 * The activation function x tanh(softplus(x)): smooth, about 0 far left, x far right, with its minimum −0.309 at −1.19.
 *
 * Any x is safe, infinities too. It can be differentiated twice, for gradient penalties. On the wasm backend it and its derivative
 * are one pass each.
 *
 * @param x - float32, of any shape.
 * @throws {TypeError} if x is not float32.
 * @see Misra, "Mish: a self regularized non-monotonic activation function", BMVC 2020, equation 1.
 */
export function mish(x: Tensor): Tensor {
  if (x.dtype !== "float32") throw new TypeError(`mish: x must be float32, got ${x.dtype}`);
  return runFused("Mish", { x }) ?? mishByOps(x);
}

/** dy times the derivative of Mish at x, differentiable itself. */
export function mishSlopeTimes(x: Tensor, dy: Tensor): Tensor {
  return runFused("MishGradient", { x, dy }) ?? mul(dy, mishSlope(x));
}

const mishByOps = customGrad((x, save) => {
  const input = x as Tensor;
  (save as (tensors: Tensor[]) => void)([input]);
  const value = tidy(() => {
    const { n } = powers(input);
    return mul(clipByValue(input, lowest, Number.POSITIVE_INFINITY), div(n, add(n, 2)));
  });
  return { value, gradFunc: (dy: Tensor, [saved]: Tensor[]) => mishSlopeTimes(saved!, dy) };
});

// With e = eˣ and n = e (e + 2) = (1 + e)² − 1, tanh(softplus(x)) = n / (n + 2): no logarithm, and no cancellation for any x.
// Outside [−87, 20] Mish is as good as 0 and x to float32, and the powers of e would leave its range.
const lowest = -87;
const highest = 20;

function powers(input: Tensor): { x: Tensor; e: Tensor; n: Tensor } {
  const x = clipByValue(input, lowest, highest);
  const e = exp(x);
  return { x, e, n: mul(e, add(e, 2)) };
}

/** n / (n + 2) + 4 x e (1 + e) / (n + 2)² */
function mishSlope(input: Tensor): Tensor {
  const { x, e, n } = powers(input);
  const denominator = add(n, 2);
  const bend = mul(div(mul(x, 4), denominator), div(mul(e, add(e, 1)), denominator));
  return add(div(n, denominator), bend);
}
