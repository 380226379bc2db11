/**
 * The trace format of the simulators of Hawk and Eagle (epfl-labos/eagle): one job per line, with fields
 * separated by blanks: arrival (s), number of tasks, mean duration (s), then the duration of each task.
 */
import { InputError } from "../../../base/errors.js";
import { jobsFrom, type Jobs, type JobRow } from "./jobs.js";

/**
 * Returns the jobs of a file in Hawk's format (`.tr`). Ids are the line numbers, from 1; the estimate is the
 * mean that the line gives. Throws InputError, with the line number, where a line is truncated or has a field
 * that is not a number.
 */
export function readHawkTrace(text: string): Jobs {
  const lines = text.split("\n");
  if (lines.at(-1)?.trim() === "") lines.pop();
  return jobsFrom(lines.map(rowOfLine));
}

function rowOfLine(line: string, at: number): JobRow {
  const fields = line.trim().split(/\s+/).map(Number);
  const [arrival, tasks, estimate, ...durations] = fields;
  if (fields.some((field) => !Number.isFinite(field)))
    throw new InputError(`line ${at + 1} is not a job: give arrival, number of tasks, mean and durations`);
  if (durations.length === 0 || durations.length !== tasks)
    throw new InputError(
      `line ${at + 1} has ${durations.length} durations for ${tasks} tasks: the file may be truncated`,
    );
  return { id: at + 1, arrival, estimate, durations };
}
