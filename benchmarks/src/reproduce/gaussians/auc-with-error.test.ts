import { rocAuc } from "@mhgan/calibration";
import { normal, randomStream } from "@mhgan/mcmc";
import { expect, test } from "vitest";
import { aucWithError } from "./auc-with-error.ts";

const random = randomStream(1);
/** Scores with many ties. */
const scores = (count: number, shift: number): number[] =>
  Array.from({ length: count }, () => Math.round(2 * (normal(random) + shift)));

test("the area is that of the library, and the error is its spread", () => {
  const areas: number[] = [];
  const errors: number[] = [];
  for (let i = 0; i < 200; i++) {
    const [real, fake] = [scores(150, 1), scores(300, 0)];
    const { auc, error } = aucWithError(real, fake);
    const labels = [...real.map(() => 1), ...fake.map(() => 0)];
    expect(auc).toBeCloseTo(rocAuc([...real, ...fake], labels), 12);
    areas.push(auc);
    errors.push(error);
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(mean(areas.map((area) => (area - mean(areas)) ** 2)));
  // The spread of 200 is known to 5 %: three of its errors.
  expect(Math.abs(mean(errors) / spread - 1)).toBeLessThan(0.15);
});
