/** Runs cells one after the other with tslab and returns their outcomes. */
import { inspect } from "node:util";
import { prepareCell } from "./cell-syntax.js";
import {
  cellFileName,
  describeDiagnostics,
  describeInterrupt,
  describeThrown,
  type CellText,
  type Diagnostic,
  type Failure,
} from "./failure.js";
import { PROJECT } from "../jupyter/project.js";
import { createLanguage, type Language } from "./language.js";
import type { Converter, Executor, Tslab } from "./tslab.js";

export type CellOutcome =
  | { readonly status: "ok"; readonly value?: unknown }
  | { readonly status: "error"; readonly failure: Failure };

export interface CellRunner {
  /** Runs a cell with this execution count. Never rejects. */
  run(source: string, count: number): Promise<CellOutcome>;
  /** Ends the running cell while it waits; a cell that computes without pausing must be ended by SIGINT. */
  interrupt(): void;
  /** Ends the running cell after its code was terminated, which tslab does not notice. */
  abandon(): void;
  /** Returns name, message and traceback of an error, in the form of a failed cell. */
  describe(thrown: unknown): Failure;
  readonly language: Language;
  close(): void;
}

export interface CellRunnerOptions {
  /** Called when a cell's own code starts (after compiling) and when it ends. */
  readonly onRunning?: (isRunning: boolean) => void;
}

type Report = { readonly diagnostics: Diagnostic[]; thrown?: { readonly value: unknown }; value?: unknown };

function isInterrupt(thrown: unknown): thrown is Error {
  if (!(thrown instanceof Error)) return false;
  const { code } = thrown as NodeJS.ErrnoException;
  return code === "ERR_SCRIPT_EXECUTION_INTERRUPTED" || thrown.message === "Interrupted asynchronously";
}

/** Returns a cell runner for a notebook in `folder`, which must be the working directory. */
export function createCellRunner(
  tslab: Tslab,
  folder: string,
  { onRunning = () => undefined }: CellRunnerOptions = {},
): CellRunner {
  const cells = new Map<number, CellText>();
  let current = { source: "", count: 0 };
  let report: Report = { diagnostics: [] };
  let abandon = (): void => undefined;

  const converter = tslab.createConverter({ isJS: false, isBrowser: false });
  const named = nameCells(converter, (compiled) => {
    cells.set(current.count, { source: current.source, compiled });
    onRunning(true);
    return cellFileName(current.count);
  });
  const executor: Executor = tslab.createExecutor(
    folder,
    {
      node: named,
      browser: named,
      close: () => {
        named.close();
      },
    },
    {
      log: (value) => {
        report.value = value;
      },
      error: (...values) => {
        const diagnostic = asDiagnostic(values);
        if (diagnostic) report.diagnostics.push(diagnostic);
        else report.thrown = { value: values[0] };
      },
    },
  );

  const describe = (thrown: unknown): Failure => describeThrown(thrown, { project: PROJECT, folder, cells });

  async function run(source: string, count: number): Promise<CellOutcome> {
    const prepared = prepareCell(tslab.typescript, source);
    current = { source, count };
    report = { diagnostics: [] };
    try {
      const isAbandoned = new Promise<"abandoned">((resolve) => {
        abandon = () => {
          resolve("abandoned");
        };
      });
      const isOk = await Promise.race([executor.execute(prepared.text), isAbandoned]);
      if (isOk === "abandoned") return { status: "error", failure: describeInterrupt(false) };
      const { thrown, diagnostics, value } = report;
      if (isOk) return value === undefined ? { status: "ok" } : { status: "ok", value };
      if (!thrown) {
        const placed = diagnostics.map((diagnostic) => ({
          ...diagnostic,
          column: prepared.columnOf(diagnostic.line, diagnostic.column),
        }));
        return { status: "error", failure: describeDiagnostics(placed, source) };
      }
      if (isInterrupt(thrown.value)) {
        const isWaiting = thrown.value.message === "Interrupted asynchronously";
        return { status: "error", failure: describeInterrupt(isWaiting) };
      }
      return { status: "error", failure: describe(thrown.value) };
    } catch (error) {
      // tslab's compiler itself fails on some malformed cells.
      return { status: "error", failure: describe(error) };
    } finally {
      onRunning(false);
    }
  }

  return {
    run,
    describe,
    interrupt: () => {
      executor.interrupt();
    },
    abandon: () => {
      abandon();
    },
    language: createLanguage(tslab, executor),
    close: () => {
      executor.close();
    },
  };
}

/**
 * Recognizes TypeScript's diagnostics: tslab reports them as `error("%s%d:%d - %s", file, line, column,
 * text)`.
 */
function asDiagnostic(values: readonly unknown[]): Diagnostic | undefined {
  if (values[0] !== "%s%d:%d - %s" || values.length !== 5) return undefined;
  const [, file, line, column, message] = values;
  const text = typeof message === "string" ? message : inspect(message);
  return { file: String(file).trim(), line: Number(line), column: Number(column), message: text };
}

/** Wraps the converter so that compiled cells have names, which identify them in stack traces. */
function nameCells(converter: Converter, nameOf: (compiled: string) => string): Converter {
  return {
    ...converter,
    convert(declarations, source) {
      const converted = converter.convert(declarations, source);
      if (converted.output === undefined) return converted;
      const name = nameOf(converted.output);
      return { ...converted, output: `${converted.output}\n//# sourceURL=${name}` };
    },
  };
}
