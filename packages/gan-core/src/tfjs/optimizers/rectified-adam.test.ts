import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { rectifiedAdam } from "./rectified-adam.ts";
import { checkOptimizer } from "./testing/check-optimizer.ts";
import { referenceRectifiedAdam } from "./testing/reference-optimizers.ts";

const options = { learningRate: 0.01, beta1: 0.8, beta2: 0.99, epsilon: 1e-5 };
const decaying = { ...options, weightDecay: 0.3 };

checkOptimizer("rectifiedAdam", () => rectifiedAdam(options), referenceRectifiedAdam(options), 2);
checkOptimizer(
  "rectifiedAdam with weight decay",
  () => rectifiedAdam(decaying),
  referenceRectifiedAdam(decaying),
  2,
);

describe("rectifiedAdam", () => {
  it("steps along the momentum until six gradients are in its second moment", async () => {
    await tf.setBackend("cpu");
    const weight = tf.variable(tf.scalar(0));
    const optimizer = rectifiedAdam({ learningRate: 1, epsilon: 0 });
    const seen: number[] = [];
    for (let t = 1; t <= 6; t++) {
      const before = weight.dataSync()[0]!;
      tf.tidy(() => optimizer.applyGradients({ [weight.name]: tf.scalar(3) }));
      seen.push(before - weight.dataSync()[0]!);
    }
    // By hand for a constant gradient 3: the momentum is 3, the root 3. rho_6 = 1999 - 12 * 0.999^6 / (1 - 0.999^6) = 5.99417;
    // r = sqrt((1.99417 / 1995) (3.99417 / 1997) (1999 / 5.99417)) = 0.0258210.
    const expected = [3, 3, 3, 3, 3, 0.025821];
    expected.forEach((step, i) => {
      expect(seen[i]).toBeCloseTo(step, 5);
    });
  });

  it("never divides where the second moment forgets too fast", async () => {
    await tf.setBackend("cpu");
    const weight = tf.variable(tf.scalar(0));
    const optimizer = rectifiedAdam({ learningRate: 1, beta1: 0, beta2: 0.5 });
    for (let t = 1; t <= 20; t++) tf.tidy(() => optimizer.applyGradients({ [weight.name]: tf.scalar(2) }));
    expect(weight.dataSync()[0]).toBe(-40);
  });

  it("rejects options out of range", () => {
    expect(() => rectifiedAdam({ beta1: 1 })).toThrow("rectifiedAdam: beta1 must be in [0, 1), got 1");
    expect(() => rectifiedAdam({ weightDecay: -1 })).toThrow(
      "rectifiedAdam: weightDecay must be at least 0, got -1",
    );
  });
});
