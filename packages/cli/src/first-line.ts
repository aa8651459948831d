/** The first line of text that arrives in pieces, and all of the pieces again, the first line's included. */
export interface FirstLine {
  /** Without its end and a byte order mark; cut off where it is very long. Empty if there is no text. */
  readonly line: string;
  /** Whether there is any text at all. */
  readonly isEmpty: boolean;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Looks at the first line of text before somebody reads the text. */
export async function firstLine(chunks: AsyncIterable<Uint8Array>): Promise<FirstLine> {
  const pieces = chunks[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let length = 0;
  let end = -1;
  while (end === -1 && length < MOST) {
    const { done, value } = await pieces.next();
    if (done) break;
    seen.push(value);
    const at = value.indexOf(NEWLINE);
    if (at !== -1) end = length + at;
    length += value.length;
  }
  const bytes = Buffer.concat(seen);
  const text = new TextDecoder().decode(bytes.subarray(0, end === -1 ? MOST : end));
  async function* again(): AsyncGenerator<Uint8Array> {
    try {
      yield* seen.splice(0);
      for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
    } finally {
      await pieces.return?.();
    }
  }
  return { line: text.replace(/\r$/, ""), isEmpty: length === 0, chunks: again() };
}

const NEWLINE = 10;
const MOST = 2 ** 20;
