import { BEST_EFFORT, LATENCY_CRITICAL, OUTCOME, type Workload } from "../src/trace/workload.js";

export interface TinyTask {
  readonly lc?: boolean;
  readonly priority?: number;
  /** Seconds; default 0. */
  readonly start?: number;
  /** Seconds; default the end of its last sample's step. */
  readonly end?: number;
  /** CPU of each step. */
  readonly cpu: readonly number[];
  readonly memory?: number;
  readonly cpuRequest?: number;
  readonly machine?: number;
  readonly initial?: boolean;
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
  const first = tasks.map(({ start = 0 }) => Math.floor(start / 300));
  const offsets = [0];
  for (const { cpu } of tasks) offsets.push(offsets[offsets.length - 1] + cpu.length);
  return {
    source: "tiny",
    stepSeconds: 300,
    steps,
    originSeconds: 0,
    lcRule: "class>=2",
    machines: {
      id: BigInt64Array.from(machines, (_, m) => BigInt(m)),
      cpu: Float64Array.from(machines, ({ cpu = 1 }) => cpu),
      memory: Float64Array.from(machines, ({ memory = 1 }) => memory),
      up: Uint8Array.from(machines, ({ up = true }) => (up ? 1 : 0)),
    },
    machineEvents: {
      time: Float64Array.from(events, ({ time }) => time),
      machine: Int32Array.from(events, ({ machine }) => machine),
      kind: Uint8Array.from(events, ({ kind }) => KIND[kind]),
      cpu: Float64Array.from(events, ({ cpu = 1 }) => cpu),
      memory: Float64Array.from(events, ({ memory = 1 }) => memory),
    },
    runs: {
      job: BigInt64Array.from(tasks, (_, i) => BigInt(i)),
      index: new Int32Array(tasks.length),
      taskClass: Uint8Array.from(tasks, ({ lc = false }) => (lc ? LATENCY_CRITICAL : BEST_EFFORT)),
      priority: Uint8Array.from(tasks, ({ priority = 0 }) => priority),
      schedulingClass: Uint8Array.from(tasks, ({ lc = false }) => (lc ? 3 : 0)),
      submit: Float64Array.from(tasks, ({ start = 0 }) => start),
      start: Float64Array.from(tasks, ({ start = 0 }) => start),
      end: Float64Array.from(tasks, ({ end, cpu }, i) => end ?? (first[i] + cpu.length) * 300),
      outcome: Uint8Array.from(tasks, () => OUTCOME.finish),
      cpuRequest: Float64Array.from(tasks, ({ cpuRequest = 0 }) => cpuRequest),
      memoryRequest: Float64Array.from(tasks, ({ memory = 0 }) => memory),
      machine: Int32Array.from(tasks, ({ machine = -1 }) => machine),
      initial: Uint8Array.from(tasks, ({ initial = false }) => (initial ? 1 : 0)),
      measured: new Uint8Array(tasks.length).fill(1),
    },
    usage: {
      offsets: Int32Array.from(offsets),
      firstStep: Int32Array.from(first),
      cpu: Float32Array.from(tasks.flatMap(({ cpu }) => cpu)),
      memory: Float32Array.from(tasks.flatMap(({ cpu, memory = 0 }) => cpu.map(() => memory))),
    },
    provenance: { inputs: [], options: {}, usage: "measured", report: {} },
  };
}
