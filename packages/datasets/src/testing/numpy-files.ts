import { readFileSync } from "node:fs";
import type { NpyArray } from "../formats/npy/npy-array.ts";

/** What NumPy found in a file. */
export interface NumpyArray {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly numbers: readonly string[];
}

interface NumpyFiles {
  readonly npy: readonly (NumpyArray & { readonly plain: boolean; readonly file: string })[];
  readonly refused: Readonly<Record<string, string>>;
  readonly npz: {
    readonly arrays: readonly NumpyArray[];
    readonly stored: string;
    readonly deflated: string;
  };
}

export const numpyFiles: NumpyFiles = JSON.parse(
  readFileSync(new URL("../golden/numpy-files.json", import.meta.url), "utf8"),
);

export const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

/** An array in the words of `NumpyArray`, with the numbers as values. */
export function described({ dtype, shape, data }: NpyArray): Omit<NumpyArray, "name" | "numbers"> & {
  numbers: (number | bigint)[];
} {
  return { dtype, shape, numbers: [...(data as Iterable<number | bigint>)] };
}

/** The values of the numbers that Python printed. */
export function valuesOf({ dtype, shape, numbers }: Omit<NumpyArray, "name">): ReturnType<typeof described> {
  const value = (text: string) =>
    dtype === "int64" || dtype === "uint64" ? BigInt(text) : Number(text.replace("inf", "Infinity"));
  return { dtype, shape, numbers: numbers.map(value) };
}
