import { expect, test } from "vitest";
import { randomStream } from "../random/random-stream.ts";
import { LaggedProducts } from "./lagged-products.ts";
import { Workspace } from "./workspace.ts";

// 1 and 3 chains leave one without a partner in a transform. 16 lags are summed directly; of 800, the first transform finds 224.
test.each([
  [1, 1],
  [1, 7],
  [2, 100],
  [3, 800],
])("%i chains of %i: every lag equals its sum, in any order of asking", (chains, length) => {
  const random = randomStream(length);
  const values = Float64Array.from({ length: chains * length }, () => random() - 0.5);
  const sumAt = (lag: number): number => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      if ((i % length) + lag < length) sum += values[i]! * values[i + lag]!;
    }
    return sum;
  };
  const upward = new LaggedProducts({ values, chains, length }, new Workspace());
  const downward = new LaggedProducts({ values, chains, length }, new Workspace());
  for (let lag = 0; lag < length; lag++) {
    expect(upward.at(lag)).toBeCloseTo(sumAt(lag), 11);
    expect(downward.at(length - 1 - lag)).toBeCloseTo(sumAt(length - 1 - lag), 11);
  }
});
