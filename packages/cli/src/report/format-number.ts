const MINUS = "−";

/** A number for people: some significant digits, groups of thousands, a true minus sign. */
export function formatNumber(value: number, significantDigits = 3): string {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
    const [mantissa, exponent] = value.toExponential(significantDigits - 1).split("e") as [string, string];
    return `${withMinus(String(Number(mantissa)))} × 10${superscript(Number(exponent))}`;
  }
  const digits = { maximumSignificantDigits: Math.max(significantDigits, Math.ceil(Math.log10(size + 1))) };
  return withMinus(value.toLocaleString("en", digits));
}

/** A number with so many decimals. */
export function formatFixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  return withMinus(
    value.toLocaleString("en", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      signDisplay: "negative",
    }),
  );
}

/** A share as per cent, with so many decimals. */
export function formatPercent(share: number, decimals = 1): string {
  return `${formatFixed(100 * share, decimals)} %`;
}

/** A power of ten as the label of a logarithmic axis. */
export function formatPower(value: number): string {
  const exponent = Math.round(Math.log10(value));
  return exponent >= -3 && exponent <= 4
    ? value.toLocaleString("en", { maximumSignificantDigits: 3 })
    : `10${superscript(exponent)}`;
}

const withMinus = (text: string): string => text.replace("-", MINUS);

function superscript(exponent: number): string {
  return String(exponent).replace(/./g, (character) =>
    character === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(character)]!,
  );
}
