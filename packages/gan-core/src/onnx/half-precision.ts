// IEEE 754 binary16: 1 bit of sign, 5 of exponent with bias 15, 10 of significand.

/** Numbers from the bits of half-precision floats; exact. */
export function fromHalfBits(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const significand = half & 0x3ff;
    if (exponent === 0) return sign * significand * 2 ** -24;
    if (exponent === 0x1f) return significand === 0 ? sign * Infinity : Number.NaN;
    return sign * (1024 + significand) * 2 ** (exponent - 25);
  });
}

/** The bits of the nearest half-precision floats, ties to even. */
export function toHalfBits(values: ArrayLike<number>): Uint16Array {
  return Uint16Array.from(values, (value) => {
    const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
    const size = Math.abs(value);
    if (Number.isNaN(value)) return 0x7e00;
    // From here on values round up to 2^16, which is infinity.
    if (size >= 65520) return sign | 0x7c00;
    // Spacing of the floats around the value; below 2^-14 they are as far apart as just above.
    const exponent = Math.max(-14, Math.floor(Math.log2(size)));
    const steps = roundHalfToEven(size / 2 ** (exponent - 10));
    // A significand that rounds up to 2048 carries into the exponent, which is right.
    return sign | (((exponent + 14) << 10) + steps);
  });
}

function roundHalfToEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
