import { type Code, i32, type Local, type, whileLoop } from "./assembler.ts";
import { f32, f32x4, type Lanes } from "./lanes.ts";
import type { FunctionSource } from "./module.ts";

/** What the body of a pointwise function may use, for one number or four at once. */
interface PointwiseBody {
  readonly lanes: Lanes;
  load(array: number): Code;
  store(array: number, value: Code): Code;
  scalar(index: number): Code;
  local(): Local;
}

/**
 * A loop over arrays of equal length: parameters are the addresses of the arrays, the length, then numbers.
 * The body is assembled twice, for whole vectors and for the up to three elements that remain.
 */
function pointwise(
  name: string,
  arrays: number,
  scalars: number,
  body: (scope: PointwiseBody) => Code[],
): FunctionSource {
  return {
    name,
    parameters: [...Array(arrays + 1).fill(type.i32), ...Array(scalars).fill(type.f32)],
    body(write, parameters) {
      const addresses = parameters.slice(0, arrays);
      const [first] = addresses;
      const length = parameters[arrays]!;
      const end = write.local(type.i32);
      const section = (lanes: Lanes, elements: Code): Code[] => {
        const splats = parameters
          .slice(arrays + 1)
          .map((scalar) => ({ scalar, lanes: write.local(lanes.type) }));
        const scope: PointwiseBody = {
          lanes,
          load: (array) => lanes.load(addresses[array]!.get),
          store: (array, value) => lanes.store(addresses[array]!.get, value),
          scalar: (index) => splats[index]!.lanes.get,
          local: () => write.local(lanes.type),
        };
        return [
          ...splats.map((splat) => splat.lanes.set(lanes.splat(splat.scalar.get))),
          end.set(i32.add(first!.get, i32.shiftLeft(elements, i32.const(2)))),
          whileLoop(
            i32.lessThanUnsigned(first!.get, end.get),
            ...body(scope),
            ...addresses.map((address) => address.set(i32.add(address.get, i32.const(4 * lanes.width)))),
          ),
        ];
      };
      return [
        ...section(f32x4, i32.and(length.get, i32.const(~3))),
        ...section(f32, i32.and(length.get, i32.const(3))),
      ];
    },
  };
}

/** y = a + b */
const add = pointwise("add", 3, 0, ({ lanes, load, store }) => [store(2, lanes.add(load(0), load(1)))]);

/** y = max(x, 0) */
const relu = pointwise("relu", 2, 0, ({ lanes, load, store }) => [
  store(1, lanes.max(load(0), lanes.splat(f32.const(0)))),
]);

/** y = max(x, alpha x), the leaky ReLU for alpha in (0, 1) */
const leakyRelu = pointwise("leakyRelu", 2, 1, ({ lanes, load, store, scalar, local }) => {
  const x = local();
  return [x.set(load(0)), store(1, lanes.max(x.get, lanes.mul(x.get, scalar(0))))];
});

/** dx = x > 0 ? dy : alpha dy */
const leakyReluGradient = pointwise("leakyReluGradient", 3, 1, ({ lanes, load, store, scalar, local }) => {
  const dy = local();
  const zero = lanes.splat(f32.const(0));
  return [dy.set(load(1)), store(2, lanes.whereGreater(load(0), zero, dy.get, lanes.mul(dy.get, scalar(0))))];
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
 * Numbers: beta1, 1 - beta1, beta2, 1 - beta2, epsilon, step size, root scale.
 */
const adamStep = pointwise("adamStep", 5, 7, ({ lanes, load, store, scalar, local }) => {
  const { add, sub, mul, div, sqrt } = lanes;
  const [g, m, v] = [local(), local(), local()];
  const root = add(mul(sqrt(v.get), scalar(6)), scalar(4));
  return [
    g.set(load(1)),
    m.set(add(mul(scalar(0), load(2)), mul(scalar(1), g.get))),
    v.set(add(mul(scalar(2), load(3)), mul(scalar(3), mul(g.get, g.get)))),
    store(2, m.get),
    store(3, v.get),
    store(4, sub(load(0), div(mul(scalar(5), m.get), root))),
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
