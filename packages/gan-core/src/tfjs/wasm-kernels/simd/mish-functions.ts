import type { Code, Local } from "./assembler.ts";
import { exponential } from "./exponential.ts";
import type { FunctionSource } from "./module.ts";
import { type PointwiseBody, pointwise } from "./pointwise.ts";

// With e = eˣ and n = e (e + 2) = (1 + e)² − 1, tanh(softplus(x)) = n / (n + 2): no logarithm, and no cancellation for any x.
// Outside [−87, 20] the function is as good as 0 and x to float32, and the powers of e would leave its range.
const lowest = -87;
const highest = 20;

interface Powers {
  readonly steps: Code[];
  /** x, at least −87. */
  readonly bounded: Local;
  /** x in [−87, 20], eˣ of it, and n. */
  readonly x: Local;
  readonly e: Local;
  readonly n: Local;
}

function powers(scope: PointwiseBody): Powers {
  const { lanes, load, constant, local } = scope;
  const [bounded, x, e, n] = [local(), local(), local(), local()];
  const steps = [
    bounded.set(lanes.max(load(0), constant(lowest))),
    x.set(lanes.min(bounded.get, constant(highest))),
    ...exponential(scope, x.get, e),
    n.set(lanes.mul(e.get, lanes.add(e.get, constant(2)))),
  ];
  return { steps, bounded, x, e, n };
}

/** y = x n / (n + 2) */
const mish = pointwise("mish", 2, 0, (scope) => {
  const { add, mul, div } = scope.lanes;
  const { steps, bounded, n } = powers(scope);
  return [...steps, scope.store(1, mul(bounded.get, div(n.get, add(n.get, scope.constant(2)))))];
});

/** dx = dy (n / (n + 2) + 4 x e (1 + e) / (n + 2)²) */
const mishGradient = pointwise("mishGradient", 3, 0, (scope) => {
  const { add, mul, div } = scope.lanes;
  const { load, store, constant, local } = scope;
  const { steps, x, e, n } = powers(scope);
  const inverse = local();
  const bend = mul(mul(constant(4), x.get), mul(mul(e.get, add(e.get, constant(1))), inverse.get));
  return [
    ...steps,
    inverse.set(div(constant(1), add(n.get, constant(2)))),
    store(2, mul(load(1), mul(add(n.get, bend), inverse.get))),
  ];
});

/** The product of a, b and the second derivative: a b 4 e ((1 + e) (2 + x) − x e (1 + 2 n / (n + 2))) / (n + 2)² */
const mishCurvature = pointwise("mishCurvature", 4, 0, (scope) => {
  const { add, sub, mul, div } = scope.lanes;
  const { load, store, constant, local } = scope;
  const { steps, x, e, n } = powers(scope);
  const inverse = local();
  const doubled = add(constant(1), mul(constant(2), mul(n.get, inverse.get)));
  const bracket = sub(mul(add(e.get, constant(1)), add(x.get, constant(2))), mul(mul(x.get, e.get), doubled));
  return [
    ...steps,
    inverse.set(div(constant(1), add(n.get, constant(2)))),
    store(
      3,
      mul(mul(load(1), load(2)), mul(mul(mul(constant(4), e.get), inverse.get), mul(bracket, inverse.get))),
    ),
  ];
});

export const mishFunctions: readonly FunctionSource[] = [mish, mishCurvature, mishGradient];
