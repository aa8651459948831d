/**
 * Text that arrives in pieces, strings or bytes in UTF-8, whose characters may be cut anywhere.
 *
 * @internal
 */
export class Utf8Text {
  readonly #say: string;
  readonly #decoder: InstanceType<typeof TextDecoder> = new TextDecoder("utf-8", {
    fatal: true,
    ignoreBOM: true,
  });

  /** @param say - function and argument, for the errors. */
  constructor(say: string) {
    this.#say = say;
  }

  /**
   * What there is of the text of a piece; an empty string as the last piece makes sure that nothing is left over.
   *
   * @throws {TypeError} if the piece is neither a string nor a Uint8Array.
   * @throws {RangeError} if the bytes are not UTF-8.
   */
  take(chunk: string | Uint8Array): string {
    const isText = typeof chunk === "string";
    if (!isText && !(chunk instanceof Uint8Array)) {
      throw new TypeError(`${this.#say} must be strings or Uint8Arrays, got ${typeof chunk}`);
    }
    try {
      // Before a string, and at the end, no half character may be left over.
      return isText ? this.#decoder.decode() + chunk : this.#decoder.decode(chunk, { stream: true });
    } catch {
      throw new RangeError(`${this.#say} must be UTF-8, got bytes that are not`);
    }
  }
}
