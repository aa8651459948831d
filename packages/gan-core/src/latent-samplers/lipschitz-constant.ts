import type { RandomStream } from "@mhgan/mcmc";
import type { SampleSpace } from "../sample-space.ts";

/**
 * The largest |D(x₁) − D(x₂)| / |x₁ − x₂| over pairs of fresh samples: a lower bound of the Lipschitz constant of the score. Pairs at the same
 * place say nothing.
 *
 * @throws {RangeError} if all scores are equal.
 */
export async function lipschitzConstant<Batch>(
  caller: string,
  space: SampleSpace<Batch>,
  pairs: number,
  random: RandomStream,
): Promise<number> {
  const { dimensions } = space;
  const positions = await space.draw(Array.from({ length: 2 * pairs }, (_, i) => random.split(i)));
  const scores = await space.scores(positions);
  let largest = 0;
  for (let i = 0; i < pairs; i++) {
    let square = 0;
    for (let k = 0; k < dimensions; k++) {
      square += (positions[2 * i * dimensions + k]! - positions[(2 * i + 1) * dimensions + k]!) ** 2;
    }
    const rise = Math.abs(scores[2 * i]! - scores[2 * i + 1]!);
    if (square > 0) largest = Math.max(largest, rise / Math.sqrt(square));
  }
  if (!(largest > 0 && largest < Infinity)) {
    throw new RangeError(`${caller}: scores must differ between samples, got a largest slope of ${largest}`);
  }
  return largest;
}
