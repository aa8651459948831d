// DEFLATE (RFC 1951) by the streams that browsers, Node, Deno and Bun share.

/** The most bytes that one byte of DEFLATE can stand for: 258 for every two bits. */
const LARGEST_RATIO = 1032;

/**
 * Decompresses, if that gives `size` bytes; else gives nothing, and makes no more than `size` bytes to find out.
 *
 * @internal
 */
export async function inflate(bytes: Uint8Array, size: number): Promise<Uint8Array | undefined> {
  if (size > bytes.length * LARGEST_RATIO) return undefined;
  const stream = new DecompressionStream("deflate-raw");
  const writer = stream.writable.getWriter();
  // What goes wrong on this side is met on the other.
  Promise.all([writer.write(bytes as Uint8Array<ArrayBuffer>), writer.close()]).catch(() => {});
  const reader = stream.readable.getReader();
  const content = new Uint8Array(size);
  let at = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return at === size ? content : undefined;
      if (at + value.length > size) break;
      content.set(value, at);
      at += value.length;
    }
  } catch {
    return undefined;
  }
  await reader.cancel();
  return undefined;
}

/** Compresses. @internal */
export async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
