import { execFile } from "node:child_process";
import { access, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { shippedGan } from "@mhgan/cli";
import { peerPython } from "../harness/peer-python.ts";
import { peerScript, pythonFailure } from "../harness/python-peer.ts";

const folder = fileURLToPath(new URL("../../.cache/onnx-gan", import.meta.url));

/** A GAN that PyTorch has trained and exported, and what PyTorch says of it. */
export interface TrainedOnnxGan {
  readonly folder: string;
  readonly generator: string;
  readonly discriminator: string;
  /** 2,000 images the GAN was not trained on, in [−1, 1]. */
  readonly real: { readonly data: Float32Array; readonly shape: readonly number[] };
  /** Latents, and the samples and scores that PyTorch makes of them. */
  readonly latents: Float32Array;
  readonly samples: Float32Array;
  readonly scores: Float32Array;
}

/**
 * The GAN of `peers/onnx_gan_torch.py`, trained the first time it is asked for (a minute on an idle machine) on the images that come with the GAN of
 * `@mhgan/cli`, and kept in a folder that git ignores.
 *
 * @throws {MissingPeer} if Python, torch or onnx are missing.
 */
export async function trainedOnnxGan(): Promise<TrainedOnnxGan> {
  const exists = await access(folder).then(
    () => true,
    () => false,
  );
  if (!exists) {
    const { path, env } = peerPython(1);
    const images = join(shippedGan, "held-out.npz");
    const unfinished = `${folder}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    try {
      const args = [peerScript("onnx_gan_torch.py"), "train", unfinished, images];
      await promisify(execFile)(path, args, { env });
    } catch (error) {
      const { stderr } = error as { stderr?: string };
      throw pythonFailure(path, stderr || String(error));
    }
    await rename(unfinished, folder);
  }
  const read = async (name: string): Promise<Float32Array> =>
    new Float32Array(new Uint8Array(await readFile(join(folder, `${name}.bin`))).buffer);
  return {
    folder,
    generator: join(folder, "generator.onnx"),
    discriminator: join(folder, "discriminator.onnx"),
    real: { data: await read("real"), shape: [2000, 1, 28, 28] },
    latents: await read("latents"),
    samples: await read("samples"),
    scores: await read("scores"),
  };
}

/** The largest difference between two lists of numbers. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} and ${b.length} numbers`);
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}
