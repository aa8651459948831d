import { cosineDecay } from "./cosine-decay.ts";
import type { Schedule } from "./schedule.ts";

/** Options of {@link flatThenCosine}. */
export interface FlatThenCosineOptions {
  /** The share of the steps at the full rate, in [0, 1). Default 0.72. */
  readonly flat?: number;
  /** Where the cosine ends, in [0, 1]. Default 0. */
  readonly floor?: number;
}

/**
 * A schedule that stays at 1 for most of the training and then falls to `floor` along half a cosine: the usual one with `ranger`.
 *
 * @throws {RangeError} if an option is out of range.
 * @see Wright, "Ranger deep learning optimizer", 2019: flat for 72 % of the steps.
 */
export function flatThenCosine({ flat = 0.72, floor = 0 }: FlatThenCosineOptions = {}): Schedule {
  if (!(flat >= 0 && flat < 1)) throw new RangeError(`flatThenCosine: flat must be in [0, 1), got ${flat}`);
  if (!(floor >= 0 && floor <= 1)) {
    throw new RangeError(`flatThenCosine: floor must be in [0, 1], got ${floor}`);
  }
  const cosine = cosineDecay(floor);
  return (step, totalSteps) => {
    const turn = flat * totalSteps;
    return step <= turn ? 1 : cosine(step - turn, totalSteps - turn);
  };
}
