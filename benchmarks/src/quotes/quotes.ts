import { demoQuote, demoSeedsQuote } from "./demo-quotes.ts";
import { gaussiansQuote } from "./gaussians-quote.ts";
import { acceptanceQuote, costGaussiansQuote, gaussiansEpochsQuote } from "./reproduced-quotes.ts";

/** What documents may quote: tables that are worked out from the recorded results. */
export const quotes: Readonly<Record<string, () => string>> = {
  demo: demoQuote,
  "demo-seeds": demoSeedsQuote,
  gaussians: gaussiansQuote,
  "gaussians-epochs": gaussiansEpochsQuote,
  acceptance: acceptanceQuote,
  "cost-gaussians": costGaussiansQuote,
};
