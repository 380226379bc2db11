/** Types for the parts of tslab 1.0.22 that the kernel uses. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { SendingSocket } from "./outbox.js";
import type ts from "typescript";
import { lendPackages, type PackageFiles } from "./lend-packages.js";
import { separateTimers } from "./watch-timers.js";

/** What TypeScript finds wrong. Lines and characters count from 0. */
export interface TslabDiagnostic {
  /** Absent for the cell itself. */
  readonly fileName?: string;
  readonly start: { readonly line: number; readonly character: number };
  readonly messageText: string;
}

export interface Converted {
  readonly diagnostics: readonly TslabDiagnostic[];
  /** The compiled cell; absent where the cell is empty or does not compile. */
  readonly output?: string;
  /** The declarations of all names, for the next cell. */
  readonly declOutput?: string;
  readonly hasToplevelAwait?: boolean;
  /** The exported name of the last expression. */
  readonly lastExpressionVar?: string;
  /** Compiled files that the cell imports. */
  readonly sideOutputs?: readonly { readonly path: string; readonly data: string }[];
}

/** TypeScript for cells; each function takes the declarations of the names of earlier cells. */
export interface Converter {
  convert(declarations: string, source: string): Converted;
  /** Returns what TypeScript knows of the name at the position. */
  inspect(declarations: string, source: string, position: number): ts.QuickInfo | undefined;
  /** Returns what could stand at the position, and the range that it would replace. */
  complete(declarations: string, source: string, position: number): Completion;
  close(): void;
}

export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly string[];
  readonly original?: ts.CompletionInfo;
}

/** TypeScript 5.0.4 with functions that only tslab's copy of it shows. */
export type TypeScript = typeof ts & {
  readonly SignatureHelp: {
    getSignatureHelpItems(
      program: ts.Program,
      file: ts.SourceFile,
      position: number,
      reason: ts.SignatureHelpTriggerReason | undefined,
      token: ts.CancellationToken,
    ): ts.SignatureHelpItems | undefined;
  };
  readonly Completions: {
    getCompletionEntryDetails(
      program: ts.Program,
      log: () => void,
      file: ts.SourceFile,
      position: number,
      entry: { readonly name: string; readonly source?: string },
      host: object,
      format: undefined,
      preferences: ts.UserPreferences,
      token: ts.CancellationToken,
    ): ts.CompletionEntryDetails | undefined;
  };
  /** Returns the last token that starts before the position. */
  findPrecedingToken(position: number, file: ts.SourceFile): ts.Node | undefined;
};

export interface Tslab {
  createConverter(options: { isJS: boolean; isBrowser: boolean }): Converter;
  /** Returns whether the text is a whole cell, or goes on in the next line, and with which indent. */
  isCompleteCode(source: string): { readonly completed: boolean; readonly indent?: string };
  /** Returns what TypeScript knows of a name as text. */
  printQuickInfo(info: ts.QuickInfo): string;
  /** Returns the program of the cell that was last converted, completed or inspected. */
  program(): ts.Program;
  readonly typescript: TypeScript;
}

export interface ReplySocket extends SendingSocket, AsyncIterable<Buffer[]> {
  bind(address: string): Promise<void>;
  close(): void;
}

export interface ZeroMq {
  Publisher: new (options?: { sendHighWaterMark?: number; linger?: number }) => ReplySocket;
  Router: new (options?: { linger?: number }) => ReplySocket;
  Reply: new (options?: { linger?: number }) => ReplySocket;
}

function requireFrom(packages: string): NodeJS.Require {
  if (!existsSync(join(packages, "tslab"))) {
    throw new Error(`tslab is not installed in ${packages}; run npm ci beside it`);
  }
  return createRequire(join(packages, "tslab", "dist", "kernel.js"));
}

/**
 * Returns tslab from a `node_modules` folder. Cells can import this folder's packages from any working
 * directory. Throws Error where there is no tslab.
 */
export function loadTslab(packages: string): Tslab {
  const require = requireFrom(packages);
  const typescriptFile = require.resolve("@tslab/typescript-for-tslab");
  const typescript = require(typescriptFile) as TypeScript;
  lendPackages(typescript.sys as PackageFiles, packages);
  let watch: ts.Watch<ts.BuilderProgram> | undefined;
  // tslab keeps its program to itself, and a second one would take a second and 80 MB.
  require.cache[typescriptFile]!.exports = {
    ...typescript,
    createWatchProgram(host: ts.WatchCompilerHostOfFilesAndCompilerOptions<ts.BuilderProgram>) {
      separateTimers(host);
      return (watch = typescript.createWatchProgram(host));
    },
  };
  const { createConverter, isCompleteCode } = require("./converter.js") as Pick<
    Tslab,
    "createConverter" | "isCompleteCode"
  >;
  const { printQuickInfo } = require("./inspect.js") as Pick<Tslab, "printQuickInfo">;
  return {
    createConverter,
    isCompleteCode,
    printQuickInfo,
    program() {
      if (!watch) throw new Error("tslab has no program before createConverter");
      return watch.getProgram().getProgram();
    },
    typescript,
  };
}

/** Returns the ZeroMQ binding that tslab includes. */
export function loadZeroMq(packages: string): ZeroMq {
  return requireFrom(packages)("zeromq") as ZeroMq;
}
