/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/** What stands where a secret stood. */
const mask = "***";

/**
 * Takes the given secrets out of texts, in the forms in which they travel: as they are, percent-encoded, and in base64; and the user and
 * password of every URL.
 *
 * @param secrets - tokens and passwords. Those shorter than four characters are left: they would take words apart.
 */
export function redactor(secrets: readonly string[]): Redact {
  const forms = secrets
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")])
    // A secret that holds another goes first, so that nothing of it stays.
    .sort((a, b) => b.length - a.length);
  return (text) =>
    forms
      .reduce((clean, form) => clean.replaceAll(form, mask), text)
      .replaceAll(/(\b[a-z][a-z\d+.-]*:\/\/)[^\s/@]+@/gi, `$1${mask}@`);
}
