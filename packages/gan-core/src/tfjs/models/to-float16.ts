const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/**
 * The bits of the IEEE 754 half-precision number that is nearest to a float32, ties to even. From 65520 on that is infinity.
 */
export function toFloat16(value: number): number {
  float[0] = value;
  const sign = (word[0]! >>> 16) & 0x8000;
  const magnitude = word[0]! & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00; // NaN
  if (magnitude >= 0x477ff000) return sign | 0x7c00; // 65520 and above
  // Below 2^-14 halves are multiples of 2^-24.
  if (magnitude < 0x38800000) return sign | roundHalfToEven(Math.abs(float[0]!) * 2 ** 24);
  // Drops 13 bits of the mantissa and moves the bias from 127 to 15; a carry goes into the exponent, as it must.
  return sign | ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13);
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
