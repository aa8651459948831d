/**
 * Whether each tag of HTML or SVG is closed by its own, in order.
 *
 * @returns What is wrong first, or undefined.
 */
export function unbalancedTag(markup: string): string | undefined {
  const empty = new Set(["meta", "link", "img", "br", "input"]);
  const open: string[] = [];
  const content = markup.replace(/<!doctype html>/i, "").replace(/<style>[\s\S]*?<\/style>/g, "");
  for (const [whole, slash, name, attributes] of content.matchAll(
    /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*\/?>|</g,
  )) {
    if (name === undefined) return `a stray < before ${content.slice(content.indexOf(whole), 20)}`;
    const twice = Array.from((attributes ?? "").matchAll(/([\w:-]+)=/g), (match) => match[1]!);
    if (new Set(twice).size < twice.length) return `an attribute twice in ${whole}`;
    if (slash === "/") {
      const last = open.pop();
      if (last !== name) return `</${name}> closes <${last}>`;
    } else if (!whole.endsWith("/>") && !empty.has(name)) open.push(name);
  }
  return open.length > 0 ? `<${open.at(-1)}> stays open` : undefined;
}
