/** A piece of a PNG file. @internal */
export interface PngChunk {
  /** Four letters: `IHDR`, `IDAT`, … */
  readonly name: string;
  readonly data: Uint8Array;
}

/**
 * Cuts a PNG file into its chunks; the last one may be cut off. Checksums are left to the decoder.
 *
 * @see PNG, third edition (W3C), section 5.3.
 * @internal
 */
export function* pngChunks(bytes: Uint8Array): Generator<PngChunk, void, undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= bytes.length; ) {
    const end = at + 8 + view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    yield { name, data: bytes.subarray(at + 8, end) };
    at = end + 4; // a checksum
  }
}
