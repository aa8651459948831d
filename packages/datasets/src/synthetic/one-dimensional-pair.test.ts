import { expect, test } from "vitest";
import { integrate } from "../../test/integrate.ts";
import { oneDimensionalPair } from "./one-dimensional-pair.ts";

const { data, generator, logWeight } = oneDimensionalPair();

// The figures below were computed elsewhere. With .3125 read as a variance they would be .2684, .6989 and .6022.

test("the total variation between data and generator is .2318", () => {
  const difference = (x: number) => Math.abs(data.density([x])[0]! - generator.density([x])[0]!);
  expect(integrate(difference, -4, 7) / 2).toBeCloseTo(0.2318, 4);
});

test("the AUC of the log weight is .6601, and the acceptance rate of independence Metropolis-Hastings .6798", () => {
  const steps = 20_000;
  const width = 11 / steps;
  const cells = Array.from({ length: steps }, (_, i) => -4 + (i + 0.5) * width)
    .map((x) => ({
      logWeight: logWeight(x),
      p: data.density([x])[0]! * width,
      q: generator.density([x])[0]! * width,
    }))
    .sort((a, b) => a.logWeight - b.logWeight);
  let [auc, below] = [0, 0];
  for (const { p, q } of cells) {
    auc += p * (below + q / 2);
    below += q;
  }
  expect(auc).toBeCloseTo(0.6601, 4);
  // ∫∫ min(p q', p' q) is 2 P(the weight of a proposal beats that of a real sample) = 2 (1 − AUC).
  expect(2 * (1 - auc)).toBeCloseTo(0.6798, 4);
});

test("the weight has mean 1 under the generator", () => {
  expect(integrate((x) => Math.exp(logWeight(x)) * generator.density([x])[0]!, -4, 7)).toBeCloseTo(1, 12);
});

test("the fourth mode holds a quarter of the data and .018 of the generator", () => {
  expect(integrate((x) => data.density([x])[0]!, 2.5, 8)).toBeCloseTo(0.25, 3);
  expect(integrate((x) => generator.density([x])[0]!, 2.5, 8)).toBeCloseTo(0.018, 3);
});

test("the weight stays finite where both densities underflow", () => {
  // Far left, the nearest modes rule: (¼/.25 · e^−8x²) / (⅓/.3125 · e^−5.12x²).
  expect(logWeight(-100)).toBeCloseTo(Math.log(0.9375) - (8 - 5.12) * 1e4, 8);
});
