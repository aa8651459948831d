import { sigmoid, softplus } from "../numerics/log-odds.ts";

/**
 * `onLog·ln p + onLogComplement·ln(1 − p) + intercept` at the logit of p, from -Infinity to Infinity; never NaN. Where the first factor
 * is ≥ 0 and the second ≤ 0 every term rises with the logit, rounding included.
 *
 * @internal
 */
export function logTerms(
  onLog: number,
  onLogComplement: number,
  intercept: number,
): (logit: number) => number {
  // A factor of 0 leaves its term out, also where the logarithm is infinite.
  return (logit) =>
    (onLog === 0 ? 0 : -onLog * softplus(-logit)) +
    (onLogComplement === 0 ? 0 : -onLogComplement * softplus(logit)) +
    intercept;
}

/**
 * The derivative of {@link logTerms} by the logit.
 *
 * @internal
 */
export function logTermsSlope(onLog: number, onLogComplement: number): (logit: number) => number {
  return (logit) => onLog * sigmoid(-logit) - onLogComplement * sigmoid(logit);
}
