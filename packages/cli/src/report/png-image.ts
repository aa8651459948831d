import { escapeText } from "./svg.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * A PNG as an image element, inside the page.
 *
 * @throws {RangeError} if the bytes do not start as a PNG does.
 */
export function pngImage(png: Uint8Array, description: string): string {
  if (png.length < 24 || SIGNATURE.some((byte, i) => png[i] !== byte)) {
    throw new RangeError(`pngImage: png must start as a PNG does, got ${png.length} bytes of something else`);
  }
  // Known sizes keep the page from moving while it loads.
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const data = Buffer.from(png.buffer, png.byteOffset, png.byteLength).toString("base64");
  return `<img src="data:image/png;base64,${data}" width="${view.getUint32(16)}" height="${view.getUint32(20)}" alt="${escapeText(description)}">`;
}
