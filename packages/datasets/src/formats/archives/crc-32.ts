/**
 * The CRC-32 of bytes, as zip files and gzip have it.
 *
 * @see ISO 3309 and ITU-T V.42; the polynomial is 0xedb88320, reflected.
 * @internal
 */
export function crc32(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
    return remainder;
  });
  let crc = ~0;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ table[(crc ^ bytes[i]!) & 255]!;
  return ~crc >>> 0;
}

let table: Uint32Array | undefined;
