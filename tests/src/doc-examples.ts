import { existsSync } from "node:fs";
import ts from "typescript";
import { parseLiteral } from "./literal.ts";

/** A fenced block of TypeScript in a document or a doc comment. */
export interface Example {
  /** Path of the document, relative to the repository. */
  readonly file: string;
  /** Line of the document on which the block's first line of code stands, from 1. */
  readonly line: number;
  readonly code: string;
  /** False for a block fenced as `ts fashion-mnist` where the files of that data set are missing. Then it only has to parse. */
  readonly run: boolean;
  /** The blocks that a block fenced as `ts continued` continues. */
  readonly before: string;
}

/** Where a package of the distribution puts the files; they are not downloaded for an example. */
const hasFashionMnist = existsSync("/usr/share/datasets/fashion-mnist");

/** What a block fenced as `ts given NAME…` finds there, seen from where examples are written: what the text around it speaks of. */
const GIVEN = "../src/doc-given.ts";

/** The blocks fenced as `ts` in a Markdown text. */
export function examplesOfMarkdown(file: string, text: string): Example[] {
  const found: Example[] = [];
  let fence: { mark: string; indent: number; info: string[]; line: number; code: string[] } | undefined;
  let before = "";
  for (const [index, line] of text.split("\n").entries()) {
    const match = /^( *)(`{3,}|~{3,})\s*(.*?)\s*$/.exec(line);
    if (fence === undefined) {
      if (match?.[2] !== undefined)
        fence = {
          mark: match[2],
          indent: match[1]?.length ?? 0,
          info: (match[3] ?? "").split(/\s+/),
          line: index + 2,
          code: [],
        };
    } else if (match?.[2]?.startsWith(fence.mark) && match[3] === "") {
      const [language, ...flags] = fence.info;
      const at = flags.indexOf("given");
      const given = at < 0 ? [] : flags.splice(at).slice(1);
      const unknown = flags.filter((flag) => flag !== "fashion-mnist" && flag !== "continued");
      if (["js", "javascript", "mjs", "typescript"].includes(language ?? ""))
        throw new Error(`${file}:${fence.line}: a block must be fenced as ts to be tested, got ${language}`);
      if (language === "ts") {
        if (unknown.length > 0)
          throw new Error(
            `${file}:${fence.line}: a ts block may be continued, fashion-mnist or given some names, got ${unknown.join(" ")}`,
          );
        const code = fence.code.join("\n");
        if (!flags.includes("continued")) before = "";
        if (given.length > 0) before += `import { ${given.join(", ")} } from "${GIVEN}";\n`;
        const run = !flags.includes("fashion-mnist") || hasFashionMnist;
        found.push({ file, line: fence.line, code, run, before });
        if (run) before += `${code}\n`;
      }
      fence = undefined;
    } else fence.code.push(line.slice(0, fence.indent).trim() === "" ? line.slice(fence.indent) : line);
  }
  if (fence !== undefined) throw new Error(`${file}:${fence.line}: a block must be closed`);
  return found;
}

/** The blocks fenced as `ts` in the doc comments of a source text. */
export function examplesOfSource(file: string, text: string): Example[] {
  const found: Example[] = [];
  for (const match of text.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    if (!match[0].includes("```")) continue;
    const start = text.slice(0, match.index).split("\n").length - 1;
    const comment = match[0]
      .replace(/^\/\*\*/, "")
      .replace(/\*\/$/, "")
      .split("\n")
      .map((line) => line.replace(/^\s*\* ?/, ""))
      .join("\n");
    for (const example of examplesOfMarkdown(file, comment))
      found.push({ ...example, line: example.line + start });
  }
  return found;
}

/** What TypeScript's parser says against a text, each as `line: message`. */
export function syntaxErrors(code: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(code, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return diagnostics.map(({ file, start, messageText }) => {
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line;
    return `${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

interface Comment {
  readonly pos: number;
  readonly end: number;
  readonly text: string;
}

function commentsOf(file: ts.SourceFile): Comment[] {
  const found = new Map<number, Comment>();
  const add = (ranges: readonly ts.CommentRange[] | undefined): void => {
    for (const { pos, end } of ranges ?? []) {
      const text = file.text
        .slice(pos, end)
        .replace(/^\/\/|^\/\*+|\*+\/$/g, "")
        .trim();
      found.set(pos, { pos, end, text });
    }
  };
  const visit = (node: ts.Node): void => {
    add(ts.getLeadingCommentRanges(file.text, node.getFullStart()));
    add(ts.getTrailingCommentRanges(file.text, node.getEnd()));
    for (const child of node.getChildren(file)) visit(child);
  };
  visit(file);
  return [...found.values()].sort((a, b) => a.pos - b.pos);
}

/** What a comment such as `=> [1, 2]` asserts, with the end of the comments that hold the literal. */
interface Assertion {
  readonly operator: "=>" | "≈" | "throws";
  readonly expected: string;
}

function assertionsOf(comments: readonly Comment[], text: string, where: (pos: number) => string) {
  const found: { comment: Comment; assertion: Assertion }[] = [];
  for (const [index, comment] of comments.entries()) {
    const mistaken = /^(→|->|=|==|~|~=|≃|≅|returns|prints)\s/.exec(comment.text);
    if (mistaken !== null)
      throw new Error(`${where(comment.pos)}: write "=> literal" or "≈ literal", got "${comment.text}"`);
    const match = /^(=>|≈|throws\b)\s*(.*)$/s.exec(comment.text);
    if (match === null) continue;
    const operator = match[1] as Assertion["operator"];
    let expected = match[2] ?? "";
    if (operator === "throws") {
      found.push({ comment, assertion: { operator, expected } });
      continue;
    }
    let last = index;
    for (;;) {
      try {
        parseLiteral(expected);
        break;
      } catch (error) {
        const next = comments[last + 1];
        const isNextLine =
          next !== undefined && /^[ \t]*\n[ \t]*$/.test(text.slice(comments[last]?.end, next.pos));
        if (!isNextLine) throw new Error(`${where(comment.pos)}: ${(error as Error).message}`);
        expected += ` ${next.text}`;
        last++;
      }
    }
    found.push({ comment, assertion: { operator, expected } });
  }
  return found;
}

/** The expression that a statement's assertion is about: its value, what it declares, or what it logs. */
function subjectOf(
  statement: ts.Statement,
): { node: ts.Expression; inPlace: boolean } | { name: string } | undefined {
  if (ts.isExpressionStatement(statement)) {
    const { expression } = statement;
    const isLog =
      ts.isCallExpression(expression) &&
      expression.expression.getText() === "console.log" &&
      expression.arguments.length === 1;
    const logged = isLog ? expression.arguments[0] : undefined;
    return { node: logged ?? expression, inPlace: true };
  }
  if (ts.isVariableStatement(statement)) {
    const [declaration, ...more] = statement.declarationList.declarations;
    if (declaration === undefined || more.length > 0) return undefined;
    if (ts.isIdentifier(declaration.name)) return { name: declaration.name.text };
    const [element, ...others] = declaration.name.elements;
    const isOnlyName =
      element !== undefined &&
      others.length === 0 &&
      ts.isBindingElement(element) &&
      ts.isIdentifier(element.name);
    if (isOnlyName) return { name: element.name.getText() };
  }
  return undefined;
}

/**
 * Turns an example into a module that runs it and holds its assertion comments. Lines stay where they were, one line down
 * for the import of the checks.
 *
 * @throws {Error} if an assertion comment belongs to no statement at the top of the example, so that none is passed over.
 */
export function compileExample(example: Example, checks: string): string {
  const text = example.before + example.code;
  const offset = example.before.split("\n").length - 1;
  const file = ts.createSourceFile("example.ts", text, ts.ScriptTarget.ES2022, true);
  const where = (pos: number): string =>
    `${example.file}:${example.line + file.getLineAndCharacterOfPosition(pos).line - offset}`;
  const lineOf = (pos: number): number => file.getLineAndCharacterOfPosition(pos).line;
  const edits: { start: number; end: number; text: string }[] = [];
  for (const { comment, assertion } of assertionsOf(commentsOf(file), text, where)) {
    const statement = file.statements.findLast((candidate) => candidate.getEnd() <= comment.pos);
    const isBeside =
      statement !== undefined &&
      lineOf(comment.pos) - lineOf(statement.getEnd()) <= 1 &&
      text.slice(statement.getEnd(), comment.pos).trim() === "";
    const subject = isBeside ? subjectOf(statement) : undefined;
    if (statement === undefined || subject === undefined)
      throw new Error(
        `${where(comment.pos)}: no statement at the top of the example has a value for "${comment.text}"`,
      );
    const rest = `${JSON.stringify(assertion.expected)}, ${JSON.stringify(where(comment.pos))}`;
    if (assertion.operator === "throws") {
      if ("name" in subject) throw new Error(`${where(comment.pos)}: "throws" must follow an expression`);
      edits.push({
        start: statement.getStart(),
        end: statement.getEnd(),
        text: `await $checkThrows(async () => (${subject.node.getText()}), ${rest});`,
      });
    } else if ("name" in subject) {
      const call = ` $check(${subject.name}, "${assertion.operator}", ${rest});`;
      edits.push({ start: statement.getEnd(), end: statement.getEnd(), text: call });
    } else {
      edits.push({
        start: statement.getStart(),
        end: statement.getEnd(),
        text: `$check((${subject.node.getText()}), "${assertion.operator}", ${rest});`,
      });
    }
  }
  let compiled = text;
  for (const { start, end, text: replacement } of edits.sort((a, b) => b.start - a.start))
    compiled = compiled.slice(0, start) + replacement + compiled.slice(end);
  return `import { check as $check, checkThrows as $checkThrows } from "${checks}";\n${compiled}\nexport {};\n`;
}

/** The functions that a module exports without an `@example` in their doc comment. */
export function functionsWithoutExample(program: ts.Program, path: string): string[] {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(path);
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
  if (module === undefined) return [];
  return checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter((symbol) => {
      const declaration = symbol.valueDeclaration;
      if (declaration === undefined || symbol.flags & ts.SymbolFlags.Class) return false;
      return checker.getTypeOfSymbolAtLocation(symbol, declaration).getCallSignatures().length > 0;
    })
    .filter((symbol) => !symbol.getJsDocTags(checker).some((tag) => tag.name === "example"))
    .map((symbol) => symbol.getName())
    .sort();
}
