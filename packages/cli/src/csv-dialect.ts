import type { CsvSeparator } from "@mhgan/datasets";

/** What the first line of a CSV file says of it. */
export interface CsvDialect {
  readonly separator: CsvSeparator;
  /** The fields of the first line. */
  readonly fields: readonly string[];
  /**
   * Whether they are names. Undefined if they are whole numbers that count from 0: then they may be scores, or the names that
   * pandas gives to columns without one.
   */
  readonly header: boolean | undefined;
}

/**
 * Reads the dialect from the first line: names are what is not a number.
 *
 * The separator is a tab or a semicolon if the line has one outside quotes, a comma if not.
 */
export function csvDialect(line: string): CsvDialect {
  const bare = line.replaceAll(/"(?:[^"]|"")*"/g, "");
  const separator = bare.includes("\t") ? "\t" : bare.includes(";") ? ";" : ",";
  const fields = Array.from(
    `${line}${separator}`.matchAll(new RegExp(`("(?:[^"]|"")*"|[^${separator}]*)${separator}`, "g")),
    ([, field]) => (field!.startsWith('"') ? field!.slice(1, -1).replaceAll('""', '"') : field!),
  );
  const counts = fields.every((field, place) => field.trim() === String(place));
  return {
    separator,
    fields,
    header: counts ? undefined : !fields.every((field) => NUMBER.test(field.trim())),
  };
}

const NUMBER = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|nan|inf|infinity)$/i;
