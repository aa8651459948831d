/** Text that arrives in pieces, or lies ready in them: strings, or bytes in UTF-8. */
export type TextChunks = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
