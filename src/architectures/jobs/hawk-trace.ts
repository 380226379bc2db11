/**
 * The trace format of the simulators of Hawk and Eagle (epfl-labos/eagle): one job per line, with fields
 * separated by blanks: arrival (s), number of tasks, mean duration (s), then the duration of each task.
 */
import { InputError } from "../../base/errors.js";
import { jobsFrom, type Jobs, type JobRow } from "./jobs.js";

/**
 * Returns the jobs of a file in Hawk's format (`.tr`). Ids are the line numbers, from 1; the estimate is the
 * mean that the line gives. Throws InputError where there is no job, and, with the line number, where a line
 * is truncated or has a field that is not a number.
 */
export function readHawkTrace(text: string): Jobs {
  const lines = text.split("\n");
  while (lines.at(-1)?.trim() === "") lines.pop();
  if (lines.length === 0) throw new InputError(`there is no job: ${FORMAT}`);
  return jobsFrom(lines.map(rowOfLine));
}

const FORMAT = "give arrival, number of tasks, mean and durations";

function rowOfLine(line: string, at: number): JobRow {
  const fields = line.trim().split(/\s+/).map(Number);
  const [arrival, tasks, estimate, ...durations] = fields;
  if (fields.length < 3 || fields.some((field) => !Number.isFinite(field)))
    throw new InputError(`line ${at + 1} is not a job: ${FORMAT}`);
  if (durations.length === 0 || durations.length !== tasks)
    throw new InputError(
      `line ${at + 1} has ${durations.length} durations for ${tasks} tasks: the file may be truncated`,
    );
  return { id: at + 1, arrival, estimate, durations };
}
