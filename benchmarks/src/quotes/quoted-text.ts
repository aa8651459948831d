/** What stands between `<!-- quote NAME -->` and `<!-- end of quote -->`, each on a line of its own. */
const section = /^<!-- quote (\S+) -->\n([\s\S]*?)^<!-- end of quote -->$/gm;

/** The names of the quotations in a document. */
export function quotedNames(document: string): string[] {
  return [...document.matchAll(section)].map((match) => match[1]!);
}

/**
 * The document with every quotation replaced by what it should say now.
 *
 * @throws {Error} if it quotes what nobody offers.
 */
export function withQuotes(document: string, quotes: Readonly<Record<string, () => string>>): string {
  return document.replaceAll(section, (_, name: string) => {
    const quote = Object.hasOwn(quotes, name) ? quotes[name] : undefined;
    if (quote === undefined) throw new Error(`there is no quotation "${name}"`);
    return `<!-- quote ${name} -->\n${quote().trim()}\n<!-- end of quote -->`;
  });
}
