/** Bytes that arrive in pieces, or lie ready in them. */
export type ByteChunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Hands out bytes that arrive in pieces in the lengths asked for.
 *
 * Pieces are copied as they come, so whoever sends them may use their memory again. Room is made as bytes arrive, never on the word of a
 * header: at most twice of what has come.
 *
 * @internal
 */
export class ByteSource {
  readonly #say: string;
  readonly #pieces: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array(0);
  /** How much of the piece is used up. */
  #at = 0;
  #arrived = 0;
  #isOver = false;

  /** @param say - function and argument, for the errors. */
  constructor(say: string, chunks: ByteChunks) {
    this.#say = say;
    this.#pieces =
      Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  }

  /**
   * Takes the next bytes, in a buffer of their own; fewer than `length` only where the source ends.
   *
   * @throws {TypeError} if a piece is not a Uint8Array.
   */
  async take(length: number): Promise<Uint8Array<ArrayBuffer>> {
    let taken = new Uint8Array(Math.min(length, Math.max(this.#arrived, LEAST_ROOM)));
    let filled = 0;
    while (filled < length && (this.#at < this.#piece.length || (await this.#next()))) {
      const end = Math.min(this.#piece.length, this.#at + length - filled);
      const needed = filled + end - this.#at;
      if (needed > taken.length) {
        const larger = new Uint8Array(Math.min(length, Math.max(needed, 2 * taken.length)));
        larger.set(taken);
        taken = larger;
      }
      taken.set(this.#piece.subarray(this.#at, end), filled);
      filled = needed;
      this.#at = end;
    }
    return filled === taken.length ? taken : taken.slice(0, filled);
  }

  /** Ends the source, if it has not ended by itself. */
  async close(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await this.#pieces.return?.();
  }

  async #next(): Promise<boolean> {
    if (this.#isOver) return false;
    let result: IteratorResult<Uint8Array>;
    try {
      result = await this.#pieces.next();
    } catch (error) {
      this.#isOver = true; // a source that fails ends itself
      throw error;
    }
    if (result.done) {
      this.#isOver = true;
      return false;
    }
    if (!(result.value instanceof Uint8Array)) {
      throw new TypeError(
        `${this.#say} must be Uint8Arrays, got ${result.value === null ? "null" : typeof result.value}`,
      );
    }
    this.#piece = result.value;
    this.#at = 0;
    this.#arrived += result.value.length;
    return true;
  }
}

const LEAST_ROOM = 2 ** 16;
