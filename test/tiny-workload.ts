import { workloadFrom } from "../src/workload/from-rows/workload-from.js";
import type { Workload } from "../src/workload/workload.js";

export interface TinyTask {
  readonly lc?: boolean;
  readonly priority?: number;
  /** Seconds; default 0. */
  readonly start?: number;
  /** Seconds; default the end of its last sample's step. */
  readonly end?: number;
  /** CPU of each step, as the workload has it: also of a step in which the task is only for a part. */
  readonly cpu: readonly number[];
  readonly memory?: number;
  readonly cpuRequest?: number;
  /** Default -1: not known. */
  readonly machine?: number;
  readonly initial?: boolean;
  /** Rows of the tasks that it comes after. */
  readonly after?: readonly number[];
}

export interface TinyMachineEvent {
  readonly time: number;
  readonly machine: number;
  readonly kind: "add" | "remove" | "update";
  readonly cpu?: number;
  readonly memory?: number;
}

const KIND = { add: 0, remove: 1, update: 2 };

/** A workload written out by hand; tasks must be in order of start. Steps of 300 s. */
export function tinyWorkload({
  machines,
  tasks,
  steps,
  events = [],
}: {
  machines: readonly { cpu?: number; memory?: number; up?: boolean }[];
  tasks: readonly TinyTask[];
  steps: number;
  events?: readonly TinyMachineEvent[];
}): Workload {
  const own = workloadFrom(
    {
      machines: machines.map(({ cpu, memory }, id) => ({ id, cpu, memory })),
      tasks: tasks.map(({ lc = false, start = 0, memory = 0, machine = -1, after = [], ...task }, job) => ({
        priority: 0,
        cpuRequest: 0,
        ...task,
        job,
        // Ids are the numbers of the rows, from 1.
        after: after.map((row) => row + 1),
        start,
        memory,
        class: lc ? "LC" : "BE",
        machine: machine < 0 ? undefined : machine,
      })),
    },
    { source: "tiny" },
  );
  return {
    ...own,
    // workloadFrom cuts tasks off at the last step that it is given; here they keep their ends.
    steps,
    // It makes a sample the mean of its step: less than the CPU in use where the task is there for a part of
    // it.
    usage: { ...own.usage, cpu: Float32Array.from(tasks.flatMap(({ cpu }) => cpu)) },
    // It knows no machines that come and go.
    machines: { ...own.machines, up: Uint8Array.from(machines, ({ up = true }) => Number(up)) },
    machineEvents: {
      time: Float64Array.from(events, ({ time }) => time),
      machine: Int32Array.from(events, ({ machine }) => machine),
      kind: Uint8Array.from(events, ({ kind }) => KIND[kind]),
      cpu: Float64Array.from(events, ({ cpu = 1 }) => cpu),
      memory: Float64Array.from(events, ({ memory = 1 }) => memory),
    },
  };
}
