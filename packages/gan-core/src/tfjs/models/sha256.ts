/**
 * SHA-256 as 64 hexadecimal digits.
 *
 * @throws {Error} where WebCrypto is missing: browsers have it only in pages from https or localhost.
 */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined) {
    throw new Error(
      "sha256: WebCrypto is needed, and browsers offer it only to pages from https or localhost",
    );
  }
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
