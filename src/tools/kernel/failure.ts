/** Describes a cell's failure for Jupyter: name, message, and a traceback that is useful in a notebook. */
import { isAbsolute, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Thrown } from "./cells/thrown.js";
import { hintFor } from "./hints.js";
import { findSourceLine } from "./source-line.js";

export interface Failure {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** The source of a cell and the code that tslab compiled from it. */
export interface CellText {
  readonly source: string;
  readonly compiled: string;
}

export interface FailureContext {
  /** Folder of the project; paths of files in it are relative to it. */
  readonly project: string;
  /** Folder of the notebook; all other paths are relative to it. */
  readonly folder: string;
  readonly cells: ReadonlyMap<number, CellText>;
}

/**
 * Limits on lines and messages in a traceback, because some packages put their whole minified source into
 * both.
 */
const LONGEST_LINE = 200;
const LONGEST_MESSAGE = 2000;
const MOST_FRAMES = 8;
const MOST_FOREIGN_FRAMES = 2;
const MOST_DIAGNOSTICS = 5;

/** The name under which a compiled cell appears in stack traces. */
export function cellFileName(count: number): string {
  return `cell[${count}]`;
}

export function clip(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)} … (${text.length} characters)`;
}

const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;

interface Frame {
  readonly called: string;
  readonly file: string;
  readonly line: number;
}

function parseFrames(stack: string): Frame[] {
  const frames: Frame[] = [];
  for (const text of stack.split("\n")) {
    const match = /^ {4}at (?:(.*) \()?(.*?):(\d+):\d+\)?$/.exec(text);
    if (match) frames.push({ called: match[1] || "", file: match[2], line: Number(match[3]) });
  }
  return frames;
}

function describeCellFrame(count: number, { line }: Frame, { cells }: FailureContext): string[] {
  const cell = cells.get(count);
  if (!cell) return [`  in cell [${count}]`];
  // The line after the cell's own lines is tslab's wrapper.
  if (line > cell.compiled.split("\n").length) return [];
  const at = findSourceLine(cell, line);
  if (at === undefined) return [`  in cell [${count}]`];
  const text = cell.source.split("\n")[at].trim();
  return [`  in cell [${count}], line ${at + 1}:`, `    ${clip(text, LONGEST_LINE)}`];
}

function describeFrames(stack: string, context: FailureContext): string[] {
  const lines: string[] = [];
  let shown = 0;
  let foreign = 0;
  for (const frame of parseFrames(stack)) {
    const inCell = /^cell\[(\d+)\]$/.exec(frame.file);
    if (inCell) {
      lines.push(...describeCellFrame(Number(inCell[1]), frame, context));
      continue;
    }
    const file = frame.file.startsWith("file:") ? fileURLToPath(frame.file) : frame.file;
    if (!/^([/\\]|[A-Za-z]:)/.test(file) || isOfKernel(file, context)) continue;
    if (/[/\\]node_modules[/\\]/.test(file) && foreign++ >= MOST_FOREIGN_FRAMES) continue;
    if (shown++ < MOST_FRAMES) {
      const called = /^(<anonymous>)?$/.test(frame.called) ? "" : ` in ${frame.called}`;
      lines.push(clip(`  at ${placeOf(file, context)}:${frame.line}${called}`, LONGEST_LINE));
    }
  }
  return lines;
}

function isOfKernel(file: string, { project }: FailureContext): boolean {
  return (
    /node_modules[/\\]tslab[/\\]/.test(file) ||
    /^(src|dist)[/\\]tools[/\\]kernel[/\\]/.test(relative(project, file))
  );
}

function placeOf(file: string, { project, folder }: FailureContext): string {
  const inProject = relative(project, file);
  return inProject.startsWith("..") || isAbsolute(inProject) ? relative(folder, file) : inProject;
}

/** Returns the failure for a value that a cell threw. */
export function describeThrown(thrown: Thrown, context: FailureContext): Failure {
  if ("text" in thrown) return plainFailure("Thrown", clip(thrown.text, LONGEST_MESSAGE));
  const ename = thrown.name === "" ? "Error" : thrown.name;
  const evalue = clip(thrown.message, LONGEST_MESSAGE);
  const traceback = [`${red(ename)}: ${evalue}`];
  const hint = hintFor(thrown, context.folder);
  if (hint !== undefined) traceback.push(`Hint: ${hint}`);
  traceback.push(...describeFrames(thrown.stack, context));
  for (const cause of thrown.causes) {
    traceback.push(`Caused by ${red(cause.name)}: ${clip(cause.message, LONGEST_MESSAGE)}`);
    traceback.push(...describeFrames(cause.stack, context));
  }
  return { ename, evalue, traceback };
}

/** Returns a failure that is told in one line. */
export const plainFailure = (ename: string, evalue: string): Failure => ({
  ename,
  evalue,
  traceback: [`${red(ename)}: ${evalue}`],
});

/**
 * TypeScript's error message as tslab reports it: the file name ("" for the cell), line and column from 1,
 * text.
 */
export interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Returns the failure for a cell that does not compile. */
export function describeDiagnostics(diagnostics: readonly Diagnostic[], source: string): Failure {
  const lines = source.split("\n");
  const first = diagnostics[0]?.message.split("\n")[0] ?? "the cell does not compile";
  const traceback = [`${red("TypeScriptError")}: ${clip(first, LONGEST_MESSAGE)}`];
  for (const { file, line, column, message } of diagnostics.slice(0, MOST_DIAGNOSTICS)) {
    const place = file === "" ? `line ${line}, column ${column}` : `${file}, line ${line}`;
    traceback.push(`  ${place}: ${clip(message, LONGEST_MESSAGE)}`);
    const text = file === "" ? lines[line - 1] : undefined;
    if (text !== undefined && text.length <= LONGEST_LINE) {
      traceback.push(`    ${text}`, `    ${" ".repeat(column - 1)}^`);
    }
  }
  const more = diagnostics.length - MOST_DIAGNOSTICS;
  if (more > 0) traceback.push(`  and ${more} more`);
  return { ename: "TypeScriptError", evalue: clip(first, LONGEST_MESSAGE), traceback };
}

/** Returns the failure for a cell that the user interrupted. */
export function describeInterrupt(isWaiting: boolean): Failure {
  const evalue = isWaiting
    ? "interrupted while waiting; timers and promises that the cell started may still run: " +
      "restart the kernel to end them"
    : "interrupted";
  return plainFailure("Interrupted", evalue);
}
