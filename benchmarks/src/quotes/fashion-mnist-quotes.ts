import { studyQuote } from "./study-quote.ts";

const budgets = [4, 8, 16];

/** The rows that README shows. */
export function fashionMnistQuote(): string {
  return studyQuote("fashion-mnist", "Quality", {
    rows: [
      "real images",
      "GAN",
      "own discriminator, MH, K = 16",
      "refitted critics, MH, K = 16",
      "refitted critics, OBRS by class, 1/16",
    ],
    columns: ["proposals a draw", "Fréchet distance", "precision", "recall", "coverage"],
  });
}

/** The rows that the document on the image GAN shows. */
export function imageGanQuote(): string {
  return studyQuote("fashion-mnist", "Quality", {
    rows: [
      "real images",
      "GAN",
      "own discriminator, MH, K = 4",
      "own discriminator, MH, K = 16",
      "own discriminator, OBRS, 1/16",
      "refitted critics, MH, K = 16",
      "refitted critics, OBRS, 1/16",
      ...budgets.map((budget) => `refitted critics, OBRS by class, 1/${budget}`),
    ],
  });
}

/** Probabilities before and after calibration. */
export function imageCalibrationQuote(): string {
  return studyQuote("fashion-mnist", "Calibration");
}
