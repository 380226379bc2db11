/** Reads the parameters of a notebook from its first code cell, without running it. */
import ts from "typescript";
import type { ParameterValue } from "../../notebook/notebook-parameters.js";
import { sourceOf, type Notebook } from "./notebook-faults.js";

/** The defaults by name; undefined where a default is an expression, not a literal. */
export type Defaults = Readonly<Record<string, ParameterValue | undefined>>;

/**
 * Returns the defaults that the first code cell gives to `notebook(prefix, defaults)`; undefined where it
 * does not call that function with an object literal.
 */
export function readDefaults({ cells }: Notebook): Defaults | undefined {
  const first = cells.find(({ cell_type }) => cell_type === "code");
  if (first === undefined) return undefined;
  const file = ts.createSourceFile("cell.ts", sourceOf(first), ts.ScriptTarget.Latest);
  const given = findCall(file)?.arguments[1];
  if (given === undefined || !ts.isObjectLiteralExpression(given)) return undefined;
  const defaults: Record<string, ParameterValue | undefined> = {};
  for (const property of given.properties) {
    // Names of a spread object are unknown.
    if (property.name === undefined || ts.isComputedPropertyName(property.name)) return undefined;
    defaults[property.name.text] = ts.isPropertyAssignment(property)
      ? literalOf(property.initializer)
      : undefined;
  }
  return defaults;
}

function findCall(node: ts.Node): ts.CallExpression | undefined {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "notebook") {
    return node;
  }
  return ts.forEachChild(node, findCall);
}

function literalOf(node: ts.Expression): ParameterValue | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (!ts.isPrefixUnaryExpression(node) || node.operator !== ts.SyntaxKind.MinusToken) return undefined;
  const value = literalOf(node.operand);
  return typeof value === "number" ? -value : undefined;
}
