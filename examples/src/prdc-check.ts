import { normal, randomStream } from "@mhgan/mcmc";
import { type PrecisionRecallDensityCoverage, precisionRecallDensityCoverage } from "@mhgan/metrics";

/** Two sets of standard normal rows, measured against each other. */
export function measureNormals(rows: number, columns: number, seed: number): PrecisionRecallDensityCoverage {
  const random = randomStream(seed);
  const draw = (name: string) => {
    const numbers = random.split(name);
    return {
      data: Float32Array.from({ length: rows * columns }, () => normal(numbers)),
      shape: [rows, columns],
    };
  };
  return precisionRecallDensityCoverage(draw("real"), draw("fake"), { neighbours: 5 });
}
