/** What surrounds the cursor in a cell: the string or key that it is in, and whom that is given to. */
import type ts from "typescript";
import type { TypeScript } from "./tslab.js";

/** A string, or a key of an object, at the cursor. Positions are those of the file. */
export interface Place {
  readonly node: ts.Node;
  readonly is: "string" | "key";
  /** The part that a completion replaces: the string without its quotes, or the key. */
  readonly start: number;
  readonly end: number;
  /**
   * What the string, or the object of the key, is given to: the name of a parameter, a property or a
   * variable. Lists on the way do not count: "policies" in `{ policies: ["random"] }`.
   */
  readonly role: string | undefined;
  /** The calls whose arguments the cursor is in, the innermost first. */
  readonly calls: readonly ts.CallExpression[];
}

/** Returns the string or key at a position of a file; undefined elsewhere. */
export function findPlace(
  typescript: TypeScript,
  program: ts.Program,
  file: ts.SourceFile,
  position: number,
): Place | undefined {
  const token = typescript.findPrecedingToken(position, file);
  if (!token) return undefined;
  const checker = program.getTypeChecker();
  const place = (is: Place["is"], [start, end]: readonly [number, number], object: ts.Node): Place => {
    const role = roleOf(typescript, checker, object);
    return { node: token, is, start, end, role, calls: callsAround(typescript, token, position) };
  };
  if (typescript.isStringLiteralLike(token)) {
    const start = token.getStart(file) + 1;
    const isOpen = (token as { isUnterminated?: boolean }).isUnterminated === true;
    const end = isOpen ? token.end : token.end - 1;
    if (position < start || position > end) return undefined;
    const { parent } = token;
    const isKey = typescript.isPropertyAssignment(parent) && parent.name === token;
    return place(isKey ? "key" : "string", [start, end], isKey ? parent.parent : token);
  }
  const { parent } = token;
  if (typescript.isObjectLiteralExpression(parent) && position >= token.end)
    return place("key", [position, position], parent);
  // The comma of a list belongs to the list, not to the object.
  const list = parent.kind === typescript.SyntaxKind.SyntaxList ? parent.parent : undefined;
  if (list && typescript.isObjectLiteralExpression(list) && position >= token.end)
    return place("key", [position, position], list);
  const isName =
    typescript.isIdentifier(token) &&
    (typescript.isPropertyAssignment(parent) || typescript.isShorthandPropertyAssignment(parent)) &&
    parent.name === token;
  if (isName && position <= token.end) return place("key", [token.getStart(file), token.end], parent.parent);
  return undefined;
}

function roleOf(typescript: TypeScript, checker: ts.TypeChecker, node: ts.Node): string | undefined {
  const { parent } = node as { parent?: ts.Node };
  if (!parent) return undefined;
  const nameOf = (name: ts.Node): string | undefined =>
    typescript.isIdentifier(name) || typescript.isStringLiteral(name) ? name.text : undefined;
  const goesOn =
    typescript.isArrayLiteralExpression(parent) ||
    typescript.isParenthesizedExpression(parent) ||
    typescript.isConditionalExpression(parent) ||
    typescript.isSpreadElement(parent) ||
    typescript.isAsExpression(parent);
  if (goesOn) return roleOf(typescript, checker, parent);
  if (typescript.isPropertyAssignment(parent) || typescript.isVariableDeclaration(parent))
    return nameOf(parent.name);
  if (typescript.isForOfStatement(parent) && typescript.isVariableDeclarationList(parent.initializer))
    return nameOf(parent.initializer.declarations[0].name);
  if (typescript.isBinaryExpression(parent)) {
    const other = parent.left === node ? parent.right : parent.left;
    return typescript.isPropertyAccessExpression(other) ? other.name.text : nameOf(other);
  }
  if (typescript.isCallExpression(parent)) {
    const index = parent.arguments.findIndex((argument) => argument === node);
    const parameters = checker.getResolvedSignature(parent)?.parameters ?? [];
    return parameters.at(Math.min(index, parameters.length - 1))?.name;
  }
  return undefined;
}

function callsAround(typescript: TypeScript, from: ts.Node, position: number): ts.CallExpression[] {
  const calls: ts.CallExpression[] = [];
  for (let node = from as { parent?: ts.Node }; node.parent; node = node.parent) {
    const { parent } = node;
    if (typescript.isCallExpression(parent) && position > parent.expression.end) calls.push(parent);
  }
  return calls;
}
