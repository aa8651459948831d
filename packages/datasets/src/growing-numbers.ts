/**
 * Numbers that come one after the other, nobody knows how many.
 *
 * @internal
 */
export class GrowingNumbers {
  #numbers = new Float64Array(1024);
  #length = 0;

  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Float64Array(2 * this.#length);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length++] = number;
  }

  /** All of them so far, in an array of their own. */
  toArray(): Float64Array {
    return this.#numbers.slice(0, this.#length);
  }
}
