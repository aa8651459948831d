import ts from "typescript";

/** An expected value as written in a comment. A number keeps its text, because the printed digits are its tolerance. */
export type Literal =
  | { readonly kind: "number"; readonly value: number; readonly text: string }
  | { readonly kind: "atom"; readonly value: string | boolean | null | undefined | bigint }
  | { readonly kind: "array"; readonly items: readonly Literal[] }
  | { readonly kind: "object"; readonly fields: ReadonlyMap<string, Literal> };

const typedArrayName = /\b(?:Float|Int|Uint|BigInt|BigUint)\d+(?:Clamped)?Array(?:\(\d+\))?\s*(?=\[)/g;

/**
 * Reads a JavaScript literal: numbers, NaN, Infinity, strings, booleans, null, undefined, arrays, objects.
 * `Float64Array [1, 2]` is read as `[1, 2]`.
 *
 * @throws {SyntaxError} if the text is anything else.
 */
export function parseLiteral(text: string): Literal {
  const source = `(${text.replace(typedArrayName, "")}\n)`;
  const { diagnostics } = ts.transpileModule(source, { reportDiagnostics: true });
  const file = ts.createSourceFile("literal.ts", source, ts.ScriptTarget.ES2022, true);
  const statement = file.statements[0];
  if (
    diagnostics?.length ||
    file.statements.length !== 1 ||
    statement === undefined ||
    !ts.isExpressionStatement(statement)
  )
    throw new SyntaxError(`an expected value must be a literal, got ${text}`);
  return read(statement.expression);
}

function read(node: ts.Expression): Literal {
  if (ts.isParenthesizedExpression(node)) return read(node.expression);
  if (ts.isNumericLiteral(node))
    return { kind: "number", value: Number(node.text), text: node.getText().replaceAll("_", "") };
  if (ts.isBigIntLiteral(node)) return { kind: "atom", value: BigInt(node.text.replace(/n$/, "")) };
  if (ts.isStringLiteralLike(node)) return { kind: "atom", value: node.text };
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { kind: "atom", value: true };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { kind: "atom", value: false };
  if (node.kind === ts.SyntaxKind.NullKeyword) return { kind: "atom", value: null };
  if (ts.isIdentifier(node)) {
    if (node.text === "undefined") return { kind: "atom", value: undefined };
    if (node.text === "NaN") return { kind: "number", value: Number.NaN, text: "NaN" };
    if (node.text === "Infinity")
      return { kind: "number", value: Number.POSITIVE_INFINITY, text: "Infinity" };
  }
  if (ts.isPrefixUnaryExpression(node)) {
    const inner = read(node.operand);
    if (inner.kind === "number" && node.operator === ts.SyntaxKind.MinusToken)
      return { ...inner, value: -inner.value };
    if (inner.kind === "number" && node.operator === ts.SyntaxKind.PlusToken) return inner;
  }
  if (ts.isArrayLiteralExpression(node)) return { kind: "array", items: node.elements.map(read) };
  if (ts.isObjectLiteralExpression(node)) {
    const fields = new Map<string, Literal>();
    for (const property of node.properties) {
      if (!ts.isPropertyAssignment(property))
        throw new SyntaxError(`an expected object must have only "name: value", got ${property.getText()}`);
      const { name } = property;
      const key = ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name);
      if (!key) throw new SyntaxError(`an expected object must have plain names, got ${name.getText()}`);
      fields.set(name.text, read(property.initializer));
    }
    return { kind: "object", fields };
  }
  throw new SyntaxError(`an expected value must be a literal, got ${node.getText()}`);
}

/** Half a unit of the last printed digit: `0.6798` → 0.00005, `1.5e-3` → 0.00005, `12` → 0.5. */
export function toleranceOf(text: string): number {
  const match = /^(?:\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) return 0;
  return Number(`5e${Number(match[2] ?? 0) - (match[1] ?? "").length - 1}`);
}

function show(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number" || value === undefined || typeof value === "function") return String(value);
  return JSON.stringify(value, (_key, inner: unknown) =>
    ArrayBuffer.isView(inner) && "length" in inner
      ? Array.from(inner as unknown as ArrayLike<number>)
      : inner,
  );
}

/**
 * Compares a value with a literal; typed arrays count as plain arrays, 0 equals -0, NaN equals NaN.
 *
 * @param approximate - whether numbers may differ by half a unit of the last printed digit.
 * @returns What differs first, or undefined.
 */
export function difference(
  actual: unknown,
  expected: Literal,
  approximate: boolean,
  path = "value",
): string | undefined {
  const differs = (wanted: string): string => `${path} must be ${wanted}, got ${show(actual)}`;
  if (expected.kind === "number") {
    const { value, text } = expected;
    if (typeof actual !== "number") return differs(`the number ${show(value)}`);
    if (Object.is(actual, value) || actual === value) return undefined;
    if (!approximate || !Number.isFinite(value)) return differs(show(value));
    const rounding = 4 * Number.EPSILON * Math.abs(value);
    const isNear = Math.abs(actual - value) <= toleranceOf(text) + rounding;
    return isNear ? undefined : differs(`${show(value)} to its last digit`);
  }
  if (expected.kind === "atom")
    return Object.is(actual, expected.value) ? undefined : differs(show(expected.value));
  if (expected.kind === "array") {
    const isList = Array.isArray(actual) || (ArrayBuffer.isView(actual) && "length" in actual);
    if (!isList) return differs(`an array of length ${expected.items.length}`);
    const list = Array.from(actual as ArrayLike<unknown>);
    if (list.length !== expected.items.length) return differs(`of length ${expected.items.length}`);
    for (const [index, item] of expected.items.entries()) {
      const found = difference(list[index], item, approximate, `${path}[${index}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof actual !== "object" || actual === null || Array.isArray(actual) || ArrayBuffer.isView(actual))
    return differs("an object");
  const keys = Object.keys(actual).sort();
  if (keys.join() !== [...expected.fields.keys()].sort().join())
    return differs(`an object with exactly the fields ${[...expected.fields.keys()].join(", ")}`);
  for (const [key, item] of expected.fields) {
    const found = difference((actual as Record<string, unknown>)[key], item, approximate, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
