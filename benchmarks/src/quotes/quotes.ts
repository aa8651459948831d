import { casesQuote } from "./cases-quote.ts";
import { costByCriticsQuote, costByOwnQuote } from "./cost-fashion-mnist-quotes.ts";
import { demoQuote, demoSeedsQuote } from "./demo-quotes.ts";
import { fashionMnistQuote, imageCalibrationQuote, imageGanQuote } from "./fashion-mnist-quotes.ts";
import { gaussiansQuote } from "./gaussians-quote.ts";
import { keepOnAcceptQuote, oneDimensionalLawsQuote, oneDimensionalQuote } from "./one-dimensional-quotes.ts";
import { acceptanceQuote, costGaussiansQuote, gaussiansEpochsQuote } from "./reproduced-quotes.ts";
import { speedQuote } from "./speed-quote.ts";

/** What documents may quote: tables that are worked out from the recorded results. */
export const quotes: Readonly<Record<string, () => string>> = {
  acceptance: acceptanceQuote,
  "cost-by-critics": costByCriticsQuote,
  "cost-by-own": costByOwnQuote,
  "cost-gaussians": costGaussiansQuote,
  demo: demoQuote,
  "demo-seeds": demoSeedsQuote,
  "fashion-mnist": fashionMnistQuote,
  gaussians: gaussiansQuote,
  "gaussians-epochs": gaussiansEpochsQuote,
  "image-calibration": imageCalibrationQuote,
  "image-gan": imageGanQuote,
  "keep-on-accept": keepOnAcceptQuote,
  "one-dimensional": oneDimensionalQuote,
  "one-dimensional-laws": oneDimensionalLawsQuote,
  speed: speedQuote,
  "speed-calibration": () => casesQuote("calibration"),
  "speed-features": () => casesQuote("features"),
};
