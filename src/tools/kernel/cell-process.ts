/** Starts the process in which cells run, and says why it ended. */
import { spawn } from "node:child_process";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import { getHeapStatistics } from "node:v8";
import { readLines, writeLine, type FromCells, type ToCells } from "./cells/messages.js";

export interface CellProcess {
  send(message: ToCells): void;
  /** Ends code that has not awaited. */
  signal(): void;
  end(): void;
}

/** The length of the end of what the process printed that is kept, in characters. */
const KEPT = 20_000;

/**
 * Starts the process in the working directory, with Node's options of this process.
 * @param onEnd Called with the reason when the process has ended.
 */
export function startCellProcess(
  onMessage: (message: FromCells) => void,
  onEnd: (reason: string) => void,
): CellProcess {
  const file = fileURLToPath(new URL("cells/cells.js", import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, file], {
    stdio: ["ignore", "inherit", "pipe", "pipe"],
  });
  const connection = child.stdio[3] as Duplex;
  let printed = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    process.stderr.write(text);
    printed = (printed + text).slice(-KEPT);
  });
  readLines(connection, (message) => {
    onMessage(message as FromCells);
  });
  // Writing to a process that has ended fails; that it has ended is told by "close".
  connection.on("error", () => undefined);
  child.on("close", (code, signal) => {
    onEnd(describeEnd(signal ?? `code ${code}`, printed));
  });
  return {
    send: (message) => {
      connection.write(writeLine(message));
    },
    signal: () => {
      child.kill("SIGINT");
    },
    end: () => {
      child.kill("SIGKILL");
    },
  };
}

function describeEnd(how: string, printed: string): string {
  if (/out of memory/i.test(printed)) {
    const limit = (getHeapStatistics().heap_size_limit / 1e9).toFixed(1);
    return `out of memory (its limit is ${limit} GB): use fewer machines, steps or seeds at a time`;
  }
  if (how === "SIGKILL") return "killed from outside (SIGKILL), as where the machine runs out of memory";
  return `it ended with ${how}, as by a fault in a native module`;
}
