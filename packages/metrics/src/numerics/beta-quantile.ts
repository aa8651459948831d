const HALF_LOG_TWO_PI: number = 0.5 * Math.log(2 * Math.PI);

/**
 * The quantile function of the beta law: the x with I_x(a, b) = probability, to some parts in 10^14.
 *
 * Newton's method on the incomplete beta function, kept within a shrinking bracket.
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  if (probability <= 0) return 0;
  if (probability >= 1) return 1;
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let step = 0; step < 200; step++) {
    const reached = incompleteBeta(x, a, b);
    const excess = reached - probability;
    if (excess === 0) return x;
    if (excess < 0) low = x;
    else high = x;
    const newton = x - excess / (Math.exp(logKernel(x, a, b)) / (x * (1 - x)));
    let next = (low + high) / 2;
    if (newton > low && newton < high) next = newton;
    // Near 0 the function is a power, x^a: that takes a step over any number of decades.
    else if (low === 0) next = x * (probability / reached) ** (1 / a);
    if (Math.abs(next - x) <= 1e-16 * x || high - low <= 1e-16 * high) return next;
    x = next;
  }
  return x;
}

/**
 * The regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22).
 *
 * @param y - 1 − x, for who knows it better than by subtraction.
 */
export function incompleteBeta(x: number, a: number, b: number, y: number = 1 - x): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  return x <= a / (a + b) ? lowerPart(x, y, a, b) : 1 - lowerPart(y, x, b, a);
}

/** I_x(a, b) for x up to the mean, where the fraction converges fast; by the method of Lentz. */
function lowerPart(x: number, y: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return (Math.exp(logKernelOf(x, y, a, b)) / a) * fraction;
}

function guard(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}

/** log of x^a (1 − x)^b / B(a, b). */
function logKernel(x: number, a: number, b: number): number {
  return logKernelOf(x, 1 - x, a, b);
}

/**
 * The same with 1 − x given, by Loader's saddle-point form: no large logarithms of gamma functions are subtracted.
 *
 * @see Loader, "Fast and accurate computation of binomial probabilities", 2000.
 */
function logKernelOf(x: number, y: number, a: number, b: number): number {
  const n = a + b;
  const binomial =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y);
  return binomial - HALF_LOG_TWO_PI + 0.5 * (Math.log(a) + Math.log(b) - Math.log(n));
}

/** log Γ(z + 1) less Stirling's formula for it. */
function stirlingError(z: number): number {
  let shifted = z;
  let sum = 0;
  // δ(z) = δ(z + 1) + (z + 1/2) log(1 + 1/z) − 1
  while (shifted < 16) {
    sum += (shifted + 0.5) * Math.log1p(1 / shifted) - 1;
    shifted++;
  }
  const r = 1 / (shifted * shifted);
  const series =
    1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - (r * 691) / 360360))));
  return sum + series / shifted;
}

/** value · log(value / mean) + mean − value, without cancellation where the two are close. */
function deviance(value: number, mean: number): number {
  const difference = value - mean;
  if (Math.abs(difference) >= 0.1 * (value + mean)) return value * Math.log(value / mean) - difference;
  const v = difference / (value + mean);
  let sum = difference * v;
  let term = 2 * value * v;
  for (let j = 1; j < 1000; j++) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}
