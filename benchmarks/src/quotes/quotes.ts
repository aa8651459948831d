import { casesQuote } from "./cases-quote.ts";
import { demoQuote, demoSeedsQuote } from "./demo-quotes.ts";
import { gaussiansQuote } from "./gaussians-quote.ts";
import { acceptanceQuote, costGaussiansQuote, gaussiansEpochsQuote } from "./reproduced-quotes.ts";
import { speedQuote } from "./speed-quote.ts";

/** What documents may quote: tables that are worked out from the recorded results. */
export const quotes: Readonly<Record<string, () => string>> = {
  acceptance: acceptanceQuote,
  "cost-gaussians": costGaussiansQuote,
  demo: demoQuote,
  "demo-seeds": demoSeedsQuote,
  gaussians: gaussiansQuote,
  "gaussians-epochs": gaussiansEpochsQuote,
  speed: speedQuote,
  "speed-calibration": () => casesQuote("calibration"),
  "speed-features": () => casesQuote("features"),
};
