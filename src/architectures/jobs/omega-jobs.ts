/** The formats of Omega's simulator (google/cluster-scheduler-simulator): its trace, and jobs as a table. */
import { InputError } from "../../base/errors.js";
import { jobsFrom, type Jobs, type JobRow } from "./jobs.js";

/** Bytes in a GB, the simulator's unit of memory. */
const BYTES = 2 ** 30;

/** A job that runs at the beginning; its duration is set when its end is read. */
interface InitialJob extends JobRow {
  duration: number;
}

/**
 * Returns the jobs of a trace that lists the jobs in a cell at the beginning (see `traces/README.txt` of the
 * simulator), for the option `prefill`. A line with 11 is such a job: 11, time, id, production (0 or 1),
 * scheduling class, tasks, cores and bytes of all tasks together. A line with 12 gives the time at which such
 * a job ended; the other jobs run until `horizon` (s). A job is of class Service where it is a production job
 * of scheduling class 2 or 3, otherwise Batch (the split CMB_PBB). Memory is in GB. Throws InputError with
 * the line.
 */
export function readOmegaTrace(text: string, horizon: number): Jobs {
  const jobs = new Map<string, InitialJob>();
  text.split("\n").forEach((line, at) => {
    if (line.trim() === "") return;
    const fields = line.trim().split(/\s+/);
    const [kind, time, id] = fields;
    if (kind === "11" && fields.length === 8) jobs.set(id, initialJob(fields, at, horizon));
    else if (kind === "12" && fields.length === 6 && jobs.has(id)) jobs.get(id)!.duration = Number(time);
    else
      throw new InputError(
        `line ${at + 1} is neither a job (11, 8 fields) nor the end of an earlier job (12, 6 fields)`,
      );
  });
  return jobsFrom([...jobs.values()]);
}

function initialJob(fields: readonly string[], at: number, duration: number): InitialJob {
  const [production, schedulingClass, tasks, cores, bytes] = fields.slice(3).map(Number);
  if (!(tasks >= 1)) throw new InputError(`line ${at + 1} has ${tasks} tasks: give a number of 1 or more`);
  return {
    id: fields[2],
    arrival: 0,
    class: production === 1 && schedulingClass >= 2 ? "Service" : "Batch",
    tasks,
    duration,
    cpu: cores / tasks,
    memory: bytes / BYTES / tasks,
  };
}

const HEADER = "job,workload,submitted,tasks,duration,cpus,mem";

/**
 * Returns the jobs of a table with the columns job, workload, submitted (s), tasks, duration (s, of each
 * task; -1 means the `horizon`), cpus and mem of one task. Throws InputError with the line.
 */
export function readOmegaJobs(text: string, horizon: number): Jobs {
  const [header, ...lines] = text.trimEnd().split(/\r?\n/);
  if (header !== HEADER) throw new InputError(`line 1 is ${header}: give the columns ${HEADER}`);
  return jobsFrom(
    lines.map((line, at) => {
      const [id, workload, ...rest] = line.split(",");
      const [arrival, tasks, duration, cpu, memory] = rest.map(Number);
      if (rest.length !== 5) throw new InputError(`line ${at + 2} has ${rest.length + 2} fields: give 7`);
      return {
        id,
        class: workload,
        arrival,
        tasks,
        duration: duration === -1 ? horizon : duration,
        cpu,
        memory,
      };
    }),
  );
}
