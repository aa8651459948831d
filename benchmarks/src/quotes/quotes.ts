import { costByCriticsQuote, costByOwnQuote } from "./cost-fashion-mnist-quotes.ts";
import { fashionMnistQuote, imageCalibrationQuote, imageGanQuote } from "./fashion-mnist-quotes.ts";
import { gaussiansQuote } from "./gaussians-quote.ts";
import { keepOnAcceptQuote, oneDimensionalLawsQuote, oneDimensionalQuote } from "./one-dimensional-quotes.ts";

/** What documents may quote: tables that are worked out from the recorded results. */
export const quotes: Readonly<Record<string, () => string>> = {
  "cost-by-critics": costByCriticsQuote,
  "cost-by-own": costByOwnQuote,
  "fashion-mnist": fashionMnistQuote,
  gaussians: gaussiansQuote,
  "image-calibration": imageCalibrationQuote,
  "image-gan": imageGanQuote,
  "keep-on-accept": keepOnAcceptQuote,
  "one-dimensional": oneDimensionalQuote,
  "one-dimensional-laws": oneDimensionalLawsQuote,
};
