/** The log of decisions as JSON lines, written during the run and read by notebooks. */
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { InputError } from "../../../base/errors.js";
import { explainFileError, makeFolder } from "../../../base/files.js";
import type { Decision, NodeReading, Work, WorkMove } from "./decider.js";

/** The first line of a log: the settings of the run. */
export interface DecisionsHeader {
  readonly schedlab: string;
  readonly policy: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** CPU numbers of each node. */
  readonly nodes: readonly (readonly number[])[];
  /** Seconds between two decisions. */
  readonly interval: number;
  readonly source: "live" | "replay";
  /** Whether moves were only logged, not made. */
  readonly dryRun: boolean;
  /** The start of the run (or of the replay), as ISO 8601 in UTC. */
  readonly began: string;
}

/**
 * A move. `error` says why the machine did not make it; it is undefined for moves that were made and in a dry
 * run.
 */
export interface LoggedMove extends WorkMove {
  readonly error?: string;
}

export interface LoggedDecision extends Omit<Decision, "moves"> {
  /** The work before the decision's moves. */
  readonly work: readonly Work[];
  readonly moves: readonly LoggedMove[];
}

export interface Decisions {
  readonly header: DecisionsHeader;
  readonly decisions: readonly LoggedDecision[];
}

export interface LineFile {
  readonly write: (line: string) => void;
  readonly close: () => void;
}

/**
 * Opens a file to which whole lines are appended; an existing file is replaced. Throws InputError where it
 * cannot be written.
 */
export function openLineFile(path: string): LineFile {
  const guard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw explainFileError(error, path, "write");
    }
  };
  const file = guard(() => {
    makeFolder(dirname(path));
    return openSync(path, "w");
  });
  return {
    write: (line) => {
      guard(() => writeSync(file, line));
    },
    close: () => {
      closeSync(file);
    },
  };
}

/** Returns a line of the log. Unknown readings (NaN) are written as null. */
export function decisionsLine(line: DecisionsHeader | LoggedDecision): string {
  return `${JSON.stringify(line)}\n`;
}

/**
 * Reads a log that `schedlab balance --log` wrote. Ignores an incomplete last line (the program was killed).
 * @throws InputError where the file cannot be read, is empty, or has a line that is not a decision.
 */
export function readDecisions(path: string): Decisions {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw explainFileError(error, path, "read");
  }
  const lines = text.split("\n").slice(0, -1);
  const values = lines.map((line, i): unknown => {
    try {
      return JSON.parse(line);
    } catch {
      throw new InputError(`${path}:${i + 1}: invalid JSON; give a log of schedlab balance --log`);
    }
  });
  const header = values.at(0) as Partial<DecisionsHeader> | undefined | null;
  if (typeof header?.policy !== "string" || !Array.isArray(header.nodes))
    throw new InputError(`${path}: not a log of decisions; give one of schedlab balance --log`);
  return {
    header: header as DecisionsHeader,
    decisions: values.slice(1).map((value, i) => {
      const decision = value as LoggedDecision | null;
      if (
        !Array.isArray(decision?.readings) ||
        !Array.isArray(decision.moves) ||
        !Array.isArray(decision.work)
      )
        throw new InputError(`${path}:${i + 2}: not a decision; give a log of schedlab balance --log`);
      return { ...decision, readings: (decision.readings as NodeReading[]).map(withNaN) };
    }),
  };
}

function withNaN<T extends object>(reading: T): T {
  return Object.fromEntries(Object.entries(reading).map(([key, value]) => [key, value ?? NaN])) as T;
}
