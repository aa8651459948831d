import { gaussiansQuote } from "./gaussians-quote.ts";

/** What documents may quote: tables that are worked out from the recorded results. */
export const quotes: Readonly<Record<string, () => string>> = {
  gaussians: gaussiansQuote,
};
