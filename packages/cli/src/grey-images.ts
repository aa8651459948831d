/**
 * Grey images as floats in [−1, 1], the range of the generators: those of some rows, in their order, or all.
 *
 * @param images - grey values from 0 to 255, of shape [images, height, width].
 * @param rows - numbers of images, in the order wanted. Default: all.
 */
export function greyImages(
  images: { readonly data: Uint8Array; readonly shape: readonly number[] },
  rows?: ArrayLike<number>,
): Float32Array {
  const [count, height, width] = images.shape as [number, number, number];
  const size = height * width;
  const chosen = rows ?? { length: count };
  const data = new Float32Array(chosen.length * size);
  for (let i = 0; i < chosen.length; i++) {
    const from = (rows ? rows[i]! : i) * size;
    for (let k = 0; k < size; k++) data[i * size + k] = images.data[from + k]! / 127.5 - 1;
  }
  return data;
}
