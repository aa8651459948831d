import { join } from "node:path";
import { loadModel } from "@mhgan/gan-core/node";
import { type Features, jensenShannonDivergence } from "@mhgan/metrics";

/** Classes of images, by what a judge saw in them. */
export interface JudgeClasses {
  /** The share of each class. */
  shares(seen: Features): Float64Array;
  /** Jensen-Shannon divergence between the shares of some images and others, in nats. */
  divergence(seen: Features, others: Float64Array): number;
}

/**
 * The last layer of a judge, which names the class of an image by its features.
 *
 * @param folder - that of `mhgan train-judge`.
 */
export async function judgeClasses(folder: string): Promise<JudgeClasses> {
  const model = await loadModel(join(folder, "judge"));
  const [kernel, bias] = model.layers.at(-1)!.getWeights();
  const [weights, biases] = [await kernel!.data(), await bias!.data()];
  model.dispose();
  const classes = biases.length;
  const classOf = (row: ArrayLike<number>): number => {
    const logits = Float64Array.from(biases);
    for (let k = 0; k < row.length; k++) {
      for (let c = 0; c < classes; c++) logits[c]! += row[k]! * weights[k * classes + c]!;
    }
    return logits.indexOf(Math.max(...logits));
  };
  const shares = ({ data, shape }: Features): Float64Array => {
    const [rows, columns] = shape as readonly [number, number];
    const found = new Float64Array(classes);
    for (let i = 0; i < rows; i++) {
      found[classOf(Array.prototype.slice.call(data, i * columns, (i + 1) * columns))]! += 1 / rows;
    }
    return found;
  };
  return { shares, divergence: (seen, others) => jensenShannonDivergence(shares(seen), others) };
}
