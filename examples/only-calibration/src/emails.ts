import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export interface Email {
  readonly isSpam: boolean;
  /** Which of the words and characters that were looked for are in it. */
  readonly words: readonly string[];
}

/** Three parts of the emails, which are in random order: to train the classifier, to calibrate it, and to judge both. */
export function readEmails(): Readonly<Record<"train" | "calibrate" | "judge", readonly Email[]>> {
  const text = gunzipSync(readFileSync(new URL("../data/spambase.txt.gz", import.meta.url))).toString();
  const emails = text
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [label, ...words] = line.split(" ");
      return { isSpam: label === "spam:", words };
    });
  const third = Math.floor(emails.length / 3);
  return {
    train: emails.slice(0, third),
    calibrate: emails.slice(third, 2 * third),
    judge: emails.slice(2 * third),
  };
}
