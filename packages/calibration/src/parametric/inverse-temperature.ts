/** The lowest temperature any fit gives, e⁻¹⁰. A literal: engines differ in the last bit of `Math.exp`. */
export const MIN_TEMPERATURE = 4.5399929762484854e-5;

/** The highest temperature any fit gives, e¹⁰. */
export const MAX_TEMPERATURE = 22026.465794806718;

/** First and second derivative of a convex loss by the inverse temperature, up to a common positive factor. */
export interface LossDerivatives {
  readonly slope: number;
  readonly curvature: number;
}

/**
 * The temperature in [e⁻¹⁰, e¹⁰] where a convex loss of the inverse temperature is least: Newton's method between bounds that
 * close in, halving their logarithms where a step would leave them or gains little. 1 where the loss does not depend on it.
 *
 * @internal About eight evaluations.
 */
export function bestTemperature(derivativesAt: (inverseTemperature: number) => LossDerivatives): number {
  let low = MIN_TEMPERATURE;
  let high = MAX_TEMPERATURE;
  const risesEverywhere = derivativesAt(low).slope >= 0;
  const fallsEverywhere = derivativesAt(high).slope <= 0;
  if (risesEverywhere && fallsEverywhere) return 1;
  if (risesEverywhere) return MAX_TEMPERATURE;
  if (fallsEverywhere) return MIN_TEMPERATURE;
  let inverse = 1;
  let previous = Number.POSITIVE_INFINITY;
  for (let iteration = 0; iteration < 200; iteration++) {
    const { slope, curvature } = derivativesAt(inverse);
    const step = slope === 0 ? 0 : -slope / curvature;
    // Convergence is quadratic: after a step this small the error left is its square.
    if (Math.abs(step) <= 1e-9 * inverse) return clamped(1 / (inverse + step));
    if (slope > 0) high = inverse;
    else low = inverse;
    const fits = inverse + step > low && inverse + step < high && Math.abs(step) <= previous / 2;
    const next = fits ? inverse + step : Math.sqrt(low * high);
    previous = Math.abs(next - inverse);
    inverse = next;
  }
  return clamped(1 / inverse);
}

function clamped(temperature: number): number {
  return Math.min(MAX_TEMPERATURE, Math.max(MIN_TEMPERATURE, temperature));
}
