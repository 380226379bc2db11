/** Compiles cells with tslab: each knows the names of those that ran before. */
import { prepareCell } from "./cell-syntax.js";
import type { CompiledCell } from "./cells/messages.js";
import { readThrown, type Thrown } from "./cells/thrown.js";
import { PROJECT } from "../jupyter/project.js";
import { cellFileName, describeDiagnostics, describeThrown, type CellText, type Failure } from "./failure.js";
import type { Names } from "./language.js";
import type { Tslab } from "./tslab.js";

export interface Compiler extends Pick<Names, "inspect" | "complete"> {
  /** Returns the cell compiled, or why it does not compile. A cell without code has the code "". */
  compile(source: string, count: number): CompiledCell | Failure;
  /** Makes the names of the cell that was compiled last known to later cells: it has run. */
  accept(): void;
  /** Forgets all names. */
  forget(): void;
  /** Returns the failure for a value that a cell threw. */
  readonly describe: (thrown: Thrown) => Failure;
}

/** Returns a compiler for the cells of a notebook in `folder`, which must be the working directory. */
export function createCompiler(tslab: Tslab, folder: string): Compiler {
  const cells = new Map<number, CellText>();
  const createConverter = (): ReturnType<Tslab["createConverter"]> =>
    tslab.createConverter({ isJS: false, isBrowser: false });
  let converter = createConverter();
  let declarations = "";
  let next = "";

  const describe = (thrown: Thrown): Failure => describeThrown(thrown, { project: PROJECT, folder, cells });

  function compile(source: string, count: number): CompiledCell | Failure {
    const prepared = prepareCell(tslab.typescript, source);
    const { diagnostics, ...converted } = converter.convert(declarations, prepared.text);
    if (diagnostics.length > 0) {
      const placed = diagnostics.map(({ fileName = "", start: { line, character }, messageText }) => ({
        file: fileName,
        line: line + 1,
        column: prepared.columnOf(line + 1, character + 1),
        message: messageText,
      }));
      return describeDiagnostics(placed, source);
    }
    const {
      output = "",
      declOutput = "",
      hasToplevelAwait = false,
      lastExpressionVar,
      sideOutputs = [],
    } = converted;
    next = declOutput;
    if (output !== "") cells.set(count, { source, compiled: output });
    return {
      code: output === "" ? "" : `${output}\n//# sourceURL=${cellFileName(count)}`,
      isAsync: hasToplevelAwait,
      last: lastExpressionVar,
      files: sideOutputs,
    };
  }

  return {
    describe,
    compile(source, count) {
      try {
        return compile(source, count);
      } catch (error) {
        // tslab's compiler itself fails on some malformed cells.
        return describe(readThrown(error));
      }
    },
    accept() {
      declarations = next;
    },
    forget() {
      declarations = "";
      // tslab gives the files that cells import only once.
      converter.close();
      converter = createConverter();
    },
    inspect: (code, position) => converter.inspect(declarations, code, position),
    complete: (code, position) => converter.complete(declarations, code, position),
  };
}
