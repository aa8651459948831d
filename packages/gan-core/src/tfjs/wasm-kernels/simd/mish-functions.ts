import type { Code, Local } from "./assembler.ts";
import { exponential } from "./exponential.ts";
import { f32, type Lanes } from "./lanes.ts";
import type { FunctionSource } from "./module.ts";
import { pointwise } from "./pointwise.ts";

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

function powers(lanes: Lanes, local: () => Local, input: Code): Powers {
  const { add, mul, max, min } = lanes;
  const constant = (value: number): Code => lanes.splat(f32.const(value));
  const [bounded, x, e, n] = [local(), local(), local(), local()];
  const steps = [
    bounded.set(max(input, constant(lowest))),
    x.set(min(bounded.get, constant(highest))),
    ...exponential(lanes, local, x.get, e),
    n.set(mul(e.get, add(e.get, constant(2)))),
  ];
  return { steps, bounded, x, e, n };
}

/** y = x n / (n + 2) */
const mish = pointwise("mish", 2, 0, ({ lanes, load, store, local }) => {
  const { add, mul, div, splat } = lanes;
  const { steps, bounded, n } = powers(lanes, local, load(0));
  return [...steps, store(1, mul(bounded.get, div(n.get, add(n.get, splat(f32.const(2))))))];
});

/** dx = dy (n / (n + 2) + 4 x e (1 + e) / (n + 2)²) */
const mishGradient = pointwise("mishGradient", 3, 0, ({ lanes, load, store, local }) => {
  const { add, mul, div, splat } = lanes;
  const constant = (value: number): Code => splat(f32.const(value));
  const { steps, x, e, n } = powers(lanes, local, load(0));
  const inverse = local();
  const second = mul(mul(constant(4), x.get), inverse.get);
  const third = mul(mul(e.get, add(e.get, constant(1))), inverse.get);
  return [
    ...steps,
    inverse.set(div(constant(1), add(n.get, constant(2)))),
    store(2, mul(load(1), add(mul(n.get, inverse.get), mul(second, third)))),
  ];
});

export const mishFunctions: readonly FunctionSource[] = [mish, mishGradient];
