/**
 * What a row of the Google trace must be, written down a second time and otherwise than in src: from the
 * trace's schema.csv and format document and from RFC 4180 alone. The readers are held to it.
 */

const LAST_INDEX = 2 ** 31 - 1;
const AFTER_TRACE = "9223372036854775807";

/** Columns: name, kind ("-" where the text is not read), and what is asked of it. */
export const COLUMNS = {
  machine_events: [
    ["time", "time", { mandatory: true }],
    ["machine ID", "id", { mandatory: true }],
    ["event type", "whole", { mandatory: true, max: 2 }],
    ["platform ID", "-"],
    ["CPUs", "size"],
    ["Memory", "size"],
  ],
  task_events: [
    ["time", "time", { mandatory: true }],
    ["missing info", "whole", { max: 2 }],
    ["job ID", "id", { mandatory: true }],
    ["task index", "whole", { mandatory: true, max: LAST_INDEX }],
    ["machine ID", "id"],
    ["event type", "whole", { mandatory: true, max: 8 }],
    ["user", "-"],
    ["scheduling class", "whole", { max: 3 }],
    ["priority", "whole", { mandatory: true, max: 65535 }],
    ["CPU request", "size"],
    ["memory request", "size"],
    ["disk space request", "-"],
    ["different machines restriction", "-"],
  ],
  task_usage: [
    ["start time", "time", { mandatory: true }],
    ["end time", "time", { mandatory: true }],
    ["job ID", "id", { mandatory: true }],
    ["task index", "whole", { mandatory: true, max: LAST_INDEX }],
    ["machine ID", "id"],
    ["CPU rate", "number"],
    ["canonical memory usage", "number"],
    ["assigned memory usage", "-"],
    ["unmapped page cache", "-"],
    ["total page cache", "-"],
    ["maximum memory usage", "number"],
    ["disk I/O time", "-"],
    ["local disk space usage", "-"],
    ["maximum CPU rate", "number"],
    ["maximum disk IO time", "-"],
    ["cycles per instruction", "-"],
    ["memory accesses per instruction", "-"],
    ["sample portion", "-"],
    ["aggregation type", "flag"],
    ["sampled CPU usage", "-"],
  ],
};

/**
 * Returns `{ place, reason }` for a line that is to be refused, else `{ values, stored }`: the numbers of its
 * columns, and the row that the reader is to keep (undefined where it keeps none, as of an event after the
 * trace). A blank line is no row: `{ isBlank: true }`.
 */
export function judgeRow(table, line) {
  if (/^[\t\v\f\r ]*$/.test(line)) return { isBlank: true };
  const fields = splitFields(line.endsWith("\r") ? line.slice(0, -1) : line);
  const columns = COLUMNS[table];
  const place = (i) => (i < columns.length ? `column "${columns[i][0]}"` : "the whole line");
  if (fields.reason !== undefined) return { place: place(fields.column), reason: fields.reason };
  if (fields.length !== columns.length) {
    return { place: "the whole line", reason: `has ${fields.length} columns instead of ${columns.length}` };
  }
  const values = [];
  for (const [i, [, kind, rule = {}]] of columns.entries()) {
    const value = kind === "-" ? undefined : valueOf(fields[i], kind, rule);
    if (typeof value === "string") return { place: place(i), reason: value };
    values.push(value);
  }
  return table === "task_usage" ? judgeWindow(values) : { values, stored: STORED[table](values) };
}

/** Fields of a line by RFC 4180, or the column and fault of a quote. */
function splitFields(line) {
  const fields = [];
  for (let at = 0; ;) {
    const column = fields.length;
    if (line[at] === '"') {
      const [, quoted, isClosed] = /^"((?:[^"]|"")*)("?)/.exec(line.slice(at));
      if (isClosed === "") return { column, reason: "a quote is opened and not closed" };
      at += quoted.length + 2;
      if (at < line.length && line[at] !== ",") return { column, reason: "a quote is neither" };
      fields.push(quoted.replaceAll('""', '"'));
    } else {
      const [field] = /^[^,]*/.exec(line.slice(at));
      if (field.includes('"')) return { column, reason: "a quote is neither" };
      at += field.length;
      fields.push(field);
    }
    if (at >= line.length) return fields;
    at++;
  }
}

/** A larger number is in no trace. */
const LARGEST = 1e15;

/** The value of a text, NaN (an id: -1) where it is empty; or what is wrong with it. */
function valueOf(text, kind, { mandatory = false, max = kind === "number" ? LARGEST : Infinity }) {
  if (text === "") return mandatory ? "is empty, but mandatory" : kind === "id" ? -1n : NaN;
  if (kind === "flag") return judgeFlag(text);
  if (kind === "id") return judgeId(text);
  if (kind === "time" && text === AFTER_TRACE) return Infinity;
  // As a floating-point number 2^63 - 1 is 2^63.
  if (kind === "time" && /[.e]/i.test(text) && Number(text) === 2 ** 63) return Infinity;
  const isWhole = kind === "time" || kind === "whole";
  if (!/^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text))
    return isWhole ? "is not an integer" : "is not a number";
  const value = Number(text);
  if (Math.abs(value) === Infinity) return "is not finite";
  if (isWhole && value % 1 !== 0) return "is not an integer";
  if (isWhole && Math.abs(value) >= 2 ** 53) return "is beyond 2^53";
  if (kind === "time" && value < 0) return "is a time below 0";
  if (kind !== "number" && value < 0) return "is below 0";
  if (value > max) return `is above ${max}`;
  if (kind === "number" && value < -LARGEST) return `is below ${-LARGEST}`;
  // Whole numbers are kept in columns that know no negative zero.
  return kind === "whole" ? value + 0 : value;
}

/** Tables that went through other tools have "1.0" and "True" for 1. */
function judgeFlag(text) {
  if (/^true$/i.test(text)) return 1;
  if (/^false$/i.test(text)) return 0;
  const value = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : NaN;
  return value === 0 || value === 1 ? value + 0 : "is neither 0 nor 1";
}

/** And "17.0" for an id of 17, which is exact below 2^53. */
function judgeId(text) {
  const [whole, digits, point] = /^(\d+)(\.0*)?$/.exec(text) ?? [];
  if (whole === undefined) return "is not an id";
  if (BigInt(digits) >= 2n ** 63n) return "is an id above 2^63 - 1";
  return point !== undefined && BigInt(digits) >= 2n ** 53n ? "is beyond 2^53" : BigInt(digits);
}

function judgeWindow(values) {
  const [start, end] = values;
  if (start === Infinity) return { place: 'column "start time"', reason: "is after the trace" };
  if (end === Infinity) return { place: 'column "end time"', reason: "is after the trace" };
  if (end < start) return { place: 'column "end time"', reason: "is before the window's start" };
  if (end === start) return { values, stored: undefined };
  return { values, stored: STORED.task_usage(values) };
}

const clean = (mean) => (mean >= 0 ? Math.min(mean, 1) : NaN);

const STORED = {
  machine_events: ([time, id, kind, , cpu, memory]) =>
    time === Infinity ? undefined : { time, id, kind, cpu, memory },
  task_events: ([time, , job, index, machine, type, , schedulingClass, priority, cpu, memory]) =>
    time === Infinity
      ? undefined
      : {
          ...{ time, job, index, machine, type, priority, cpu, memory },
          schedulingClass: Number.isNaN(schedulingClass) ? 255 : schedulingClass,
        },
  task_usage: ([start, end, job, index, machine, cpu, memory]) => ({
    ...{ start, end, job, index, machine },
    cpu: clean(cpu),
    memory: clean(memory),
  }),
};
