import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Tensor, tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Networks } from "./networks.ts";

/** The weights of both networks as 32-bit floats one after the other: generator, then discriminator, in the order of `getWeights`. */
export async function writeWeights({ generator, discriminator }: Networks, path: string): Promise<void> {
  const values = await Promise.all(
    [...weightsOf(generator), ...weightsOf(discriminator)].map((w) => w.data()),
  );
  await mkdir(dirname(path), { recursive: true });
  // Whole or not at all: a run that is cut off must not leave half a GAN behind.
  await writeFile(`${path}.part`, Buffer.concat(values.map((v) => Buffer.from(Float32Array.from(v).buffer))));
  await rename(`${path}.part`, path);
}

/** Sets the weights of both networks. Gives false if there is no such file. */
export async function readWeights({ generator, discriminator }: Networks, path: string): Promise<boolean> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (bytes === undefined) return false;
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  let begin = 0;
  for (const network of [generator, discriminator]) {
    const weights = weightsOf(network).map((weight) => {
      const part = values.subarray(begin, begin + weight.size);
      begin += weight.size;
      return tensor(part, weight.shape);
    });
    network.setWeights(weights);
    for (const weight of weights) weight.dispose();
  }
  if (begin !== values.length) {
    throw new RangeError(`readWeights: ${path} must hold ${begin} numbers, got ${values.length}`);
  }
  return true;
}

const weightsOf = (network: LayersModel): Tensor[] => network.getWeights();
