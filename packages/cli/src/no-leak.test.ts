import { shuffledBatches, splitRows } from "@mhgan/datasets";
import { calibrateGan } from "@mhgan/gan-core";
import { fromTfjs, multilayerPerceptron, trainGan, useBackend } from "@mhgan/gan-core/tfjs";
import { randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";

// What `mhgan run` is made of, over rows that hold nothing but their own number.
test("no calibration row is ever trained on, and no training row calibrates", async () => {
  await useBackend("cpu");
  const count = 120;
  const batchSize = 8;
  const root = randomStream(1);
  const numbered = { data: Float32Array.from({ length: count }, (_, row) => row), shape: [count, 1] };
  const generator = multilayerPerceptron({ inputs: 1, outputs: 1, random: root.split("generator") });
  const discriminator = multilayerPerceptron({ inputs: 1, outputs: 1, random: root.split("discriminator") });

  const trainedOn = new Set<number>();
  const apply = discriminator.apply.bind(discriminator);
  discriminator.apply = (input, options) => {
    // The discriminator's step sees real rows and then as many generated ones.
    const rows = (input as tf.Tensor).shape[0]!;
    if (rows === 2 * batchSize) {
      const real = tf.tidy(() => tf.slice(input as tf.Tensor, [0, 0], [batchSize, 1]).dataSync());
      for (const row of real) trainedOn.add(row);
    }
    return apply(input, options);
  };
  // Many times through the training rows: the reference implementation leaks when its loader shuffles anew.
  const { heldOut } = await trainGan({
    generator,
    discriminator,
    real: numbered,
    heldOutShare: 0.2,
    heldOutSeed: root.split("split"),
    steps: 200,
    batchSize,
    learningRate: 1e-4,
    seed: root.split("training"),
  });
  discriminator.apply = apply;
  expect(heldOut.rows).toHaveLength(24);
  const others = Array.from({ length: count }, (_, row) => row).filter((row) => !heldOut.rows.includes(row));
  expect(trainedOn).toEqual(new Set(others));

  const scored: number[] = [];
  const gan = fromTfjs(generator, discriminator, { output: "unbounded" });
  const real = tf.tensor2d(heldOut.data, [heldOut.rows.length, 1]);
  const score = gan.score.bind(gan);
  gan.score = (batch) => {
    if (batch === real) scored.push(...batch.dataSync());
    return score(batch);
  };
  await calibrateGan(gan, { real, calibrator: "platt", seed: root.split("calibration") });
  expect(new Set(scored)).toEqual(new Set(heldOut.rows));
  expect(scored.filter((row) => trainedOn.has(row))).toEqual([]);

  // And so for a loop of one's own.
  const { train, calibration } = splitRows(numbered, { train: 0.8, calibration: 0.2 }, root.split("split"));
  const batches = shuffledBatches(train, { batchSize, random: root.split("batches") });
  for (let step = 0; step < 100; step++) {
    for (const row of batches.next().value.rows) expect(calibration.rows.includes(row)).toBe(false);
  }
});
