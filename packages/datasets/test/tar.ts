/** An entry of an archive; what is left out is as usual. */
export interface TarEntry {
  readonly name: string;
  readonly kind?: string;
  readonly content?: Uint8Array;
  readonly size?: string;
  readonly prefix?: string;
  readonly magic?: string;
}

/** An archive written by hand, from the description of the format, sound or not. */
export function tar(entries: readonly TarEntry[], end = 1024): Uint8Array {
  const blocks = entries.flatMap(({ name, kind = "0", content = new Uint8Array(), size, prefix, magic }) => {
    const header = new Uint8Array(512);
    const put = (at: number, value: string) => header.set(Buffer.from(value, "latin1"), at);
    put(0, name);
    put(124, size ?? `${content.length.toString(8).padStart(11, "0")}\0`);
    put(148, "        ");
    put(156, kind);
    put(257, magic ?? "ustar\x0000");
    put(345, prefix ?? "");
    const sum = header.reduce((total, byte) => total + byte, 0);
    put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
    return [header, content, new Uint8Array((512 - (content.length % 512)) % 512)];
  });
  return new Uint8Array(Buffer.concat([...blocks, new Uint8Array(end)]));
}
