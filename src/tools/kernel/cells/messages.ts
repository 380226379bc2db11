/** What the kernel and the process of its cells tell each other: one JSON object for each line. */
import type { Readable } from "node:stream";
import type { MimeBundle } from "../../../notebook/sink.js";
import type { Thrown } from "./thrown.js";

/** A compiled cell. */
export interface CompiledCell {
  readonly code: string;
  readonly isAsync: boolean;
  /** The exported name of the cell's last expression, if it has one. */
  readonly last?: string | undefined;
  /** Compiled files beside the notebook that the cell imports. */
  readonly files: readonly { readonly path: string; readonly data: string }[];
}

export type ToCells =
  | ({
      readonly type: "run";
      readonly number: number;
      readonly id: string;
      readonly count: number;
      /** The value of the last expression is not asked for. */
      readonly isSilent: boolean;
    } & CompiledCell)
  /** Ends the cell while it waits. */
  | { readonly type: "interrupt"; readonly number: number }
  /** Ends the cell's code wherever it is, then the cell. */
  | { readonly type: "terminate"; readonly number: number }
  /** Asks what is known of the values of these names. */
  | { readonly type: "look"; readonly number: number; readonly names: readonly string[] };

export type Outcome =
  | { readonly status: "ok"; readonly bundle?: MimeBundle }
  | { readonly status: "error"; readonly thrown: Thrown }
  | { readonly status: "interrupted"; readonly isWaiting: boolean };

/** What completion needs to know of a value: the columns of a table, or the strings in it. */
export interface Seen {
  /** For each column, some of its different values; all of them for a column of policies. */
  readonly columns?: Readonly<Record<string, readonly string[]>>;
  readonly strings?: readonly string[];
}

export type FromCells =
  | { readonly type: "ready" }
  | { readonly type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | { readonly type: "show"; readonly bundle: MimeBundle; readonly id?: string | undefined }
  | { readonly type: "ran"; readonly number: number; readonly outcome: Outcome }
  /** The work that the cell left behind has ended, with these errors. */
  | { readonly type: "ended"; readonly number: number; readonly errors: readonly Thrown[] }
  /** Something was thrown outside of a cell, as in a timer's callback. */
  | { readonly type: "late"; readonly thrown: Thrown }
  | { readonly type: "looked"; readonly number: number; readonly values: Readonly<Record<string, Seen>> };

export const writeLine = (message: ToCells | FromCells): string => `${JSON.stringify(message)}\n`;

/** Calls `onMessage` for every line of a stream. */
export function readLines(stream: Readable, onMessage: (message: unknown) => void): void {
  let pieces: string[] = [];
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    const lines = text.split("\n");
    pieces.push(lines[0]);
    for (const line of lines.slice(1)) {
      onMessage(JSON.parse(pieces.join("")));
      pieces = [line];
    }
  });
}
