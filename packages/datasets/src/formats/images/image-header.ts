/** What a picture says of itself before its points. @internal */
export interface ImageHeader {
  readonly format: "png" | "jpeg";
  readonly width: number;
  readonly height: number;
  /** 1: grey. 3: colours. 4: JPEG for print. */
  readonly channels: number;
  /** The bits of a value. */
  readonly bits: number;
  /** Whether a PNG file holds its points in the seven passes of Adam7. */
  readonly interlaced: boolean;
}

/**
 * Reads what a PNG or JPEG file says of itself; nothing if it is neither, or cut off before that.
 *
 * @see PNG, third edition (W3C), section 11.2.1; ITU-T T.81, section B.2.2.
 * @internal
 */
export function imageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (PNG_START.every((byte, i) => bytes[i] === byte)) return pngHeader(view);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegHeader(view);
  return undefined;
}

/** The signature, and the length and name of the first chunk. */
const PNG_START = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];

function pngHeader(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 29) return undefined;
  const hasColour = (view.getUint8(25) & 2) !== 0;
  return {
    format: "png",
    width: view.getUint32(16),
    height: view.getUint32(20),
    channels: hasColour ? 3 : 1,
    bits: view.getUint8(24),
    interlaced: view.getUint8(28) !== 0,
  };
}

function jpegHeader(view: DataView): ImageHeader | undefined {
  let at = 2;
  while (at + 10 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++; // fill bytes before a marker
    } else if (isFrame(marker)) {
      return {
        format: "jpeg",
        bits: view.getUint8(at + 4),
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
        channels: view.getUint8(at + 9),
        interlaced: false,
      };
    } else {
      at += 2 + view.getUint16(at + 2);
    }
  }
  return undefined;
}

/** C0 to CF start a frame, but for tables of Huffman codes, a reserved one, and tables of arithmetic coding. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}
