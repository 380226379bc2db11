/** Types for the parts of tslab 1.0.22 that the kernel uses. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { SendingSocket } from "./outbox.js";
import type { SyntaxApi } from "./cell-syntax.js";
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
  interrupt(): void;
  close(): void;
}

/** tslab reports compile errors and thrown values with `error`, and a cell's last value with `log`. */
export interface ExecutorConsole {
  log(value: unknown): void;
  error(...values: unknown[]): void;
}

export interface LanguageHandler {
  handleIsComplete(request: unknown): unknown;
  handleInspect(request: unknown): unknown;
  handleComplete(request: unknown): unknown;
}

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
  createHandler(executor: Executor): LanguageHandler;
  /** Sets where `tslab.display` writes. */
  setDisplayWriter(write: WriteDisplayData): void;
  readonly typescript: SyntaxApi & { readonly version: string };
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
  const { createConverter } = require("./converter.js") as Pick<Tslab, "createConverter">;
  const { createExecutor } = require("./executor.js") as Pick<Tslab, "createExecutor">;
  const jupyter = require("./jupyter.js") as {
    JupyterHandlerImpl: new (executor: Executor, isJs: boolean) => LanguageHandler;
    lastWriteDisplayData: WriteDisplayData | null;
  };
  const typescript = require("@tslab/typescript-for-tslab") as SyntaxApi & {
    version: string;
    sys: PackageFiles;
  };
  lendPackages(typescript.sys, packages);
  return {
    createConverter,
    createExecutor,
    createHandler: (executor) => new jupyter.JupyterHandlerImpl(executor, false),
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
