/** Types for the parts of tslab 1.0.22 that the kernel uses. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { SendingSocket } from "./outbox.js";
import type ts from "typescript";
import { lendPackages, type PackageFiles } from "./lend-packages.js";

export interface Converted {
  /** The compiled cell; absent where the cell is empty or does not compile. */
  readonly output?: string;
}

export interface Converter {
  convert(declarations: string, source: string): Converted;
  close(): void;
}

export interface Executor {
  execute(source: string): Promise<boolean>;
  /** Returns what TypeScript knows of the name at the position. */
  inspect(source: string, position: number): ts.QuickInfo | undefined;
  /** Returns what could stand at the position, and the range that it would replace. */
  complete(source: string, position: number): Completion;
  /** The values of earlier cells, by name. */
  readonly locals: Readonly<Record<string, unknown>>;
  interrupt(): void;
  close(): void;
}

export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly string[];
  readonly original?: ts.CompletionInfo;
}

/** tslab reports compile errors and thrown values with `error`, and a cell's last value with `log`. */
export interface ExecutorConsole {
  log(value: unknown): void;
  error(...values: unknown[]): void;
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

export type WriteDisplayData = (
  data: {
    data: Record<string, unknown>;
    metadata: Record<string, unknown>;
    transient: { display_id?: string };
  },
  update?: boolean,
) => void;

export interface Tslab {
  createConverter(options: { isJS: boolean; isBrowser: boolean }): Converter;
  createExecutor(
    root: string,
    converters: { node: Converter; browser: Converter; close(): void },
    console: ExecutorConsole,
  ): Executor;
  /** Returns whether the text is a whole cell, or goes on in the next line, and with which indent. */
  isCompleteCode(source: string): { readonly completed: boolean; readonly indent?: string };
  /** Returns what TypeScript knows of a name as text. */
  printQuickInfo(info: ts.QuickInfo): string;
  /** Returns the program of the cell that was last converted, completed or inspected. */
  program(): ts.Program;
  /** Sets where `tslab.display` writes. */
  setDisplayWriter(write: WriteDisplayData): void;
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
    createWatchProgram: (host: ts.WatchCompilerHostOfFilesAndCompilerOptions<ts.BuilderProgram>) =>
      (watch = typescript.createWatchProgram(host)),
  };
  const { createConverter, isCompleteCode } = require("./converter.js") as Pick<
    Tslab,
    "createConverter" | "isCompleteCode"
  >;
  const { createExecutor } = require("./executor.js") as Pick<Tslab, "createExecutor">;
  const { printQuickInfo } = require("./inspect.js") as Pick<Tslab, "printQuickInfo">;
  const jupyter = require("./jupyter.js") as { lastWriteDisplayData: WriteDisplayData | null };
  return {
    createConverter,
    createExecutor,
    isCompleteCode,
    printQuickInfo,
    program() {
      if (!watch) throw new Error("tslab has no program before createConverter");
      return watch.getProgram().getProgram();
    },
    setDisplayWriter: (write) => {
      jupyter.lastWriteDisplayData = write;
    },
    typescript,
  };
}

/** Returns the ZeroMQ binding that tslab includes. */
export function loadZeroMq(packages: string): ZeroMq {
  return requireFrom(packages)("zeromq") as ZeroMq;
}
