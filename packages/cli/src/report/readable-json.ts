/** JSON for people: indented, but with plain lists on one line. Says the same as `JSON.stringify`. */
export function readableJson(value: object): string {
  const text = JSON.stringify(value, null, 2);
  // Line breaks stand between values only: inside of strings they are escaped.
  return text.replace(/\[[^[\]{}]*\]/g, (list) =>
    list
      .replace(/^\[\n\s*/, "[")
      .replace(/\n\s*\]$/, "]")
      .replace(/\n\s*/g, " "),
  );
}
