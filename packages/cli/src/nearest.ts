import { closest, distance } from "fastest-levenshtein";

/** The known word that was probably meant, if one is near enough. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(word, known);
  // Of three letters one may be wrong, of ten three.
  return distance(word, candidate) <= Math.ceil(word.length / 4) ? candidate : undefined;
}
