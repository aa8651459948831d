import { requireLogWeight } from "../requirements.ts";

/**
 * The exact law of a Metropolis-Hastings chain's state over given proposals, one proposal at a time.
 *
 * A proposal at least as heavy as a state is accepted from it for certain. So the states that still have probability are
 * always a stack of falling weights, in the order of their numbers: short (about log K for independent proposals).
 *
 * @internal
 */
export class SelectionLaw {
  /** Numbers of the states with probability: −1 for the start, else of a proposal. The first `size` entries count. */
  readonly states: Int32Array;
  readonly probabilities: Float64Array;
  size = 1;
  readonly #logWeights: Float64Array;
  readonly #caller: string;
  #steps = 0;

  constructor(caller: string, initialLogWeight: number, chainLength: number) {
    requireLogWeight(caller, "initialLogWeight", initialLogWeight);
    this.#caller = caller;
    this.states = new Int32Array(chainLength + 1).fill(-1, 0, 1);
    this.probabilities = new Float64Array(chainLength + 1).fill(1, 0, 1);
    this.#logWeights = new Float64Array(chainLength + 1).fill(initialLogWeight, 0, 1);
  }

  /** Offers the next proposal; gives the probability that it is accepted. */
  step(logWeight: number): number {
    const { states, probabilities } = this;
    const logWeights = this.#logWeights;
    if (Number.isNaN(logWeight)) {
      throw new RangeError(`${this.#caller}: logWeights must not be NaN, got NaN at index ${this.#steps}`);
    }
    let moved = 0;
    let size = this.size;
    while (size > 0 && logWeights[size - 1]! <= logWeight) moved += probabilities[--size]!;
    for (let i = 0; i < size; i++) {
      const leaving = probabilities[i]! * Math.exp(logWeight - logWeights[i]!);
      probabilities[i] = probabilities[i]! - leaving;
      moved += leaving;
    }
    states[size] = this.#steps++;
    probabilities[size] = moved;
    logWeights[size] = logWeight;
    this.size = size + 1;
    return moved;
  }
}
