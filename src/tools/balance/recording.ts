/** Writes and reads recordings of samples, so that deciders can be replayed on them. */
import { readFileSync } from "node:fs";
import { InputError } from "../../base/errors.js";
import { explainFileError } from "../../base/files.js";
import type { StatSample, Work } from "../../systems/giantvm/decide/decider.js";
import { parseProcStat } from "./proc-stat.js";

export interface RecordedSample {
  readonly sample: StatSample;
  /** The work at that time; undefined in a recording of only /proc/stat. */
  readonly work?: readonly Work[];
}

/**
 * Returns one line of a recording: seconds since its beginning, the CPU lines of /proc/stat, and the work.
 */
export function recordingLine(seconds: number, stat: string, work: readonly Work[]): string {
  const lines = stat.split("\n").filter((line) => line.startsWith("cpu"));
  return `${JSON.stringify({ seconds, stat: `${lines.join("\n")}\n`, work })}\n`;
}

/**
 * Reads a recording: JSON lines from recordingLine, or concatenated texts of /proc/stat, `interval` seconds
 * apart. Ignores an incomplete last line. The content of a /proc/stat never causes an error (see
 * parseProcStat).
 * @throws InputError where the file cannot be read, is empty, or has another format.
 */
export function readRecording(path: string, interval: number): RecordedSample[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw explainFileError(error, path, "read");
  }
  if (text.trim() === "") throw new InputError(`empty recording: ${path}; record one with --record`);
  if (text.startsWith("{")) return readLines(path, text);
  const pieces = text.split(/^(?=cpu )/m).filter((piece) => piece.startsWith("cpu "));
  if (pieces.length === 0) {
    throw new InputError(
      `invalid recording: ${path}; it must contain JSON lines from --record, or repeated texts of ` +
        "/proc/stat",
    );
  }
  return pieces.map((piece, i) => ({ sample: parseProcStat(piece, i * interval) }));
}

function readLines(path: string, text: string): RecordedSample[] {
  const lines = text.split("\n").slice(0, -1);
  if (lines.length === 0) throw new InputError(`empty recording: ${path}; its only line is incomplete`);
  return lines.map((line, i) => {
    const { seconds, stat, work } = parseObject(line);
    if (typeof seconds !== "number" || typeof stat !== "string" || !(work === undefined || isWork(work))) {
      throw new InputError(
        `${path}:${i + 1}: invalid sample; give {"seconds": number, "stat": text of /proc/stat, "work": ` +
          "[...]}",
      );
    }
    return { sample: parseProcStat(stat, seconds), work };
  });
}

function parseObject(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function isWork(value: unknown): value is readonly Work[] {
  return (
    Array.isArray(value) &&
    value.every((one: unknown) => {
      if (typeof one !== "object" || one === null) return false;
      const { id, node, cpu, workingSet } = one as Partial<Work>;
      return typeof id === "string" && [node, cpu, workingSet].every((number) => typeof number === "number");
    })
  );
}
