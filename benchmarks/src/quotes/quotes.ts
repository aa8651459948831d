import { casesQuote } from "./cases-quote.ts";
import { gaussiansQuote } from "./gaussians-quote.ts";
import { speedQuote } from "./speed-quote.ts";

/** What documents may quote: tables that are worked out from the recorded results. */
export const quotes: Readonly<Record<string, () => string>> = {
  gaussians: gaussiansQuote,
  speed: speedQuote,
  "speed-calibration": () => casesQuote("calibration"),
  "speed-features": () => casesQuote("features"),
};
