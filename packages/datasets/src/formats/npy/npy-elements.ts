import { isLittleEndian, swapBytes } from "../../byte-order.ts";
import { fromFloat16Bits } from "./float16.ts";
import { NPY_FORMATS, type NpyData, type NpyType } from "./npy-array.ts";
import type { NpyLayout } from "./npy-layout.ts";

/**
 * Makes numbers of bytes, in the order in which they lie in the file.
 *
 * @param say - function and argument, for the errors.
 * @param stored - the bytes of whole numbers, in a buffer of their own, which becomes that of the result.
 * @param first - how many numbers came before, for the errors.
 * @throws {RangeError} if a boolean is neither 0 nor 1.
 * @internal
 */
export function npyElements(
  say: string,
  stored: Uint8Array<ArrayBuffer>,
  { dtype, littleEndian }: NpyLayout,
  first = 0,
): NpyData[NpyType] {
  const { width, array } = NPY_FORMATS[dtype];
  if (dtype === "bool") requireBooleans(say, stored, first);
  if (littleEndian !== isLittleEndian()) swapBytes(stored, width);
  return dtype === "float16" ? fromFloat16Bits(new Uint16Array(stored.buffer)) : new array(stored.buffer);
}

function requireBooleans(say: string, stored: Uint8Array, first: number): void {
  const at = stored.findIndex((byte) => byte > 1);
  if (at >= 0) {
    throw new RangeError(`${say} must hold 0 or 1 for each boolean, got ${stored[at]} for [${first + at}]`);
  }
}
