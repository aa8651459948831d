// Half precision, for runtimes without Float16Array. See IEEE 754, binary16: 1 bit of sign, 5 of exponent, 10 of fraction.

/** The numbers that bit patterns mean; exact. @internal */
export function fromFloat16Bits(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (pattern) => {
    const sign = pattern & 0x8000 ? -1 : 1;
    const exponent = (pattern >> 10) & 31;
    const fraction = pattern & 1023;
    if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    return sign * (1024 + fraction) * 2 ** (exponent - 25);
  });
}

/** The bit patterns nearest to numbers, ties to even; Infinity from 65520 on. @internal */
export function toFloat16Bits(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, (value) => {
    if (Number.isNaN(value)) return 0x7e00;
    const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
    const size = Math.abs(value);
    if (size >= 65520) return sign | 0x7c00;
    let exponent = -14; // also that of the numbers below 2^-14, which have no leading 1
    while (size >= 2 ** (exponent + 1)) exponent++;
    // A fraction that is rounded up to 2 carries into the exponent, as it must.
    return sign + ((exponent + 14) << 10) + roundToEven(size * 2 ** (10 - exponent));
  });
}

function roundToEven(value: number): number {
  return value + 2 ** 52 - 2 ** 52; // a double has no place for less than 1 up there
}
