/** The columns of a log in the Standard Workload Format. */
import type { Schema } from "../text/row.js";

/** Larger jobs are mistakes: the largest machines have fewer. */
const MOST_PROCESSORS = 20_000_000;

/**
 * The columns in order. Of those after the eleventh, only one is used; the others are only checked to be
 * numbers. Aliases are the names in tables that somebody saved again.
 */
export const SCHEMA: Schema = [
  { name: "Job Number", aliases: ["job id", "job", "id"], type: "integer", mandatory: true, min: 0 },
  { name: "Submit Time", aliases: ["submit"], type: "float", mandatory: true, min: -1 },
  { name: "Wait Time", aliases: ["wait"], type: "float", mandatory: true, min: -1 },
  { name: "Run Time", aliases: ["run"], type: "float", mandatory: true, min: -1 },
  {
    name: "Number of Allocated Processors",
    aliases: ["allocated processors", "used proc"],
    type: "float",
    mandatory: true,
    min: -1,
    max: MOST_PROCESSORS,
  },
  {
    name: "Average CPU Time Used",
    aliases: ["average cpu time", "avg cpu time used", "avg cpu time", "used ave cpu"],
    type: "float",
    mandatory: true,
  },
  { name: "Used Memory", aliases: ["used mem"], type: "float", mandatory: true },
  {
    name: "Requested Number of Processors",
    aliases: ["requested processors", "req proc"],
    type: "float",
    mandatory: true,
    min: -1,
    max: MOST_PROCESSORS,
  },
  { name: "Requested Time", aliases: ["req time"], type: "float", mandatory: true },
  { name: "Requested Memory", aliases: ["req mem"], type: "float", mandatory: true },
  { name: "Status", type: "float", mandatory: true, min: -1 },
  { name: "User ID", aliases: ["cluster id"], type: "float", mayLack: true },
  { name: "Group ID", aliases: ["cluster job id"], type: "float", mayLack: true },
  {
    name: "Executable (Application) Number",
    aliases: ["application id", "executable number", "num exe"],
    type: "float",
    mayLack: true,
  },
  { name: "Queue Number", aliases: ["queue id", "num queue"], type: "float", mayLack: true },
  { name: "Partition Number", aliases: ["partition id", "num part"], type: "float", mayLack: true },
  {
    name: "Preceding Job Number",
    aliases: ["preceding job id", "num pre"],
    type: "float",
    mandatory: true,
  },
  { name: "Think Time from Preceding Job", aliases: ["think time"], type: "float", mayLack: true },
];
export const COLUMN = {
  job: 0,
  submit: 1,
  wait: 2,
  execution: 3,
  processors: 4,
  cpu: 5,
  memory: 6,
  asked: 7,
  askedMemory: 9,
  status: 10,
  preceding: 16,
} as const;
