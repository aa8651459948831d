import { studyQuote } from "./study-quote.ts";

const columns = [
  "proposals a draw",
  "of 640",
  "TV",
  "Fréchet distance",
  "precision",
  "coverage",
  "class JSD",
] as const;

/** Samplers as close to their target as a chain of 640, by the GAN's own discriminator. */
export function costByOwnQuote(): string {
  return studyQuote("cost-fashion-mnist", "own discriminator, as close as a chain of 640", { columns });
}

/** The same by critics that were trained on the finished generator. */
export function costByCriticsQuote(): string {
  return studyQuote("cost-fashion-mnist", "refitted critics, as close as a chain of 640", { columns });
}
