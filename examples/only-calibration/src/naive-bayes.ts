import type { Email } from "./emails.ts";

/** A naive Bayes classifier: what each word adds to the log odds of spam. Plain data, so that it can be saved as JSON. */
export interface NaiveBayes {
  /** The log odds of an email without any of the words. */
  readonly intercept: number;
  readonly words: Readonly<Record<string, number>>;
}

/** Counts in how many emails of either class each word is, one half added; words count as independent, which they are not. */
export function trainNaiveBayes(emails: readonly Email[]): NaiveBayes {
  const [spam, other] = [true, false].map((isSpam) => emails.filter((email) => email.isSpam === isSpam));
  const vocabulary = new Set(emails.flatMap((email) => email.words));
  const logOdds = (
    word: string,
    of: readonly Email[],
  ): { readonly with: number; readonly without: number } => {
    const share = (of.filter(({ words }) => words.includes(word)).length + 0.5) / (of.length + 1);
    return { with: Math.log(share), without: Math.log1p(-share) };
  };
  let intercept = Math.log(spam!.length / other!.length);
  const words: Record<string, number> = {};
  for (const word of vocabulary) {
    const [inSpam, inOther] = [logOdds(word, spam!), logOdds(word, other!)];
    intercept += inSpam.without - inOther.without;
    words[word] = inSpam.with - inOther.with - (inSpam.without - inOther.without);
  }
  return { intercept, words };
}

/** The log odds of spam that the classifier gives an email, by its words; those it does not know count nothing. */
export function logitOf({ intercept, words: added }: NaiveBayes, words: readonly string[]): number {
  return words.reduce((sum, word) => sum + (added[word] ?? 0), intercept);
}
