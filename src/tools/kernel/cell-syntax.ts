/**
 * Rewrites code that tslab 1.0.22 compiles wrongly. tslab turns a name `x` of an earlier cell into
 * `exports.x`, and parses a cell as a script rather than a module. Three things then go wrong:
 * - `{ x }` is not converted and fails with "x is not defined"; it is rewritten to `{ x: x }`.
 * - In `const { x: y } = z` the property becomes `exports.x`, a syntax error; it is rewritten to `const {
 *   "x": y } = z`.
 * - `await (…)` is parsed as a call of a function "await"; it is rewritten to `await Array.of(…)[0]`.
 */

import type ts from "typescript";

interface Insertion {
  readonly at: number;
  readonly text: string;
}

export interface PreparedCell {
  /** The rewritten text, with the same number of lines as the cell. */
  readonly text: string;
  /** Returns the column in the cell for a column in the text, both from 1. */
  columnOf(line: number, column: number): number;
}

/** Returns the cell rewritten for tslab. */
export function prepareCell(typescript: typeof ts, source: string): PreparedCell {
  const insertions = findInsertions(typescript, source).sort((a, b) => a.at - b.at);
  let text = "";
  let from = 0;
  for (const insertion of insertions) {
    text += source.slice(from, insertion.at) + insertion.text;
    from = insertion.at;
  }
  return {
    text: text + source.slice(from),
    columnOf(line, column) {
      const start = source.split("\n", line - 1).reduce((sum, { length }) => sum + length + 1, 0);
      let shift = 0;
      for (const insertion of insertions) {
        const place = insertion.at - start;
        if (place >= 0 && place + shift + insertion.text.length < column) shift += insertion.text.length;
      }
      return Math.max(1, column - shift);
    },
  };
}

function findInsertions(typescript: typeof ts, source: string): Insertion[] {
  const insertions: Insertion[] = [];
  const file = typescript.createSourceFile("cell.ts", source, typescript.ScriptTarget.Latest);
  function visit(node: ts.Node): void {
    if (typescript.isShorthandPropertyAssignment(node)) {
      insertions.push({ at: node.name.end, text: `: ${node.name.text}` });
    } else if (typescript.isBindingElement(node)) {
      const name = node.propertyName;
      if (name && typescript.isIdentifier(name)) {
        insertions.push({ at: name.getStart(file), text: '"' }, { at: name.end, text: '"' });
      }
    } else if (typescript.isCallExpression(node)) {
      const called = node.expression;
      if (typescript.isIdentifier(called) && called.text === "await" && node.arguments.length === 1) {
        insertions.push({ at: called.end, text: " Array.of" }, { at: node.end, text: "[0]" });
      }
    }
    typescript.forEachChild(node, visit);
  }
  visit(file);
  return insertions;
}
