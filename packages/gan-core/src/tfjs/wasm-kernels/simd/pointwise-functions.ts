import type { FunctionSource } from "./module.ts";
import { pointwise } from "./pointwise.ts";

/** y = a + b */
const add = pointwise("add", 3, 0, ({ lanes, load, store }) => [store(2, lanes.add(load(0), load(1)))]);

/** y = max(x, 0) */
const relu = pointwise("relu", 2, 0, ({ lanes, load, store, constant }) => [
  store(1, lanes.max(load(0), constant(0))),
]);

/** y = max(x, alpha x), the leaky ReLU for alpha in (0, 1) */
const leakyRelu = pointwise("leakyRelu", 2, 1, ({ lanes, load, store, scalar, local }) => {
  const x = local();
  return [x.set(load(0)), store(1, lanes.max(x.get, lanes.mul(x.get, scalar(0))))];
});

/** dx = x > 0 ? dy : alpha dy */
const leakyReluGradient = pointwise("leakyReluGradient", 3, 1, (scope) => {
  const { lanes, load, store, scalar, constant, local } = scope;
  const dy = local();
  return [
    dy.set(load(1)),
    store(2, lanes.whereGreater(load(0), constant(0), dy.get, lanes.mul(dy.get, scalar(0)))),
  ];
});

/** average += rate (value - average) */
const moveTowards = pointwise("moveTowards", 2, 1, ({ lanes, load, store, scalar, local }) => {
  const average = local();
  return [
    average.set(load(0)),
    store(0, lanes.add(average.get, lanes.mul(scalar(0), lanes.sub(load(1), average.get)))),
  ];
});

/**
 * One Adam step. Arrays: weights, gradient, first moment, second moment, new weights.
 * Numbers: beta1, 1 - beta1, beta2, 1 - beta2, epsilon, step size, root scale, decay.
 */
const adamStep = pointwise("adamStep", 5, 8, ({ lanes, load, store, scalar, local }) => {
  const { add, sub, mul, div, sqrt } = lanes;
  const [g, m, v, theta] = [local(), local(), local(), local()];
  const root = add(mul(sqrt(v.get), scalar(6)), scalar(4));
  return [
    g.set(load(1)),
    m.set(add(mul(scalar(0), load(2)), mul(scalar(1), g.get))),
    v.set(add(mul(scalar(2), load(3)), mul(scalar(3), mul(g.get, g.get)))),
    store(2, m.get),
    store(3, v.get),
    theta.set(load(0)),
    store(4, sub(theta.get, add(mul(scalar(7), theta.get), div(mul(scalar(5), m.get), root)))),
  ];
});

export const pointwiseFunctions: readonly FunctionSource[] = [
  add,
  relu,
  leakyRelu,
  leakyReluGradient,
  moveTowards,
  adamStep,
];
