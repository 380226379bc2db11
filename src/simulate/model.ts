/** The parameters of the cluster model, with their units, defaults and origins. */
import { LOAD, type Values } from "../base/parameters.js";
import { MOST_STEPS } from "../workload/check.js";

/** More than tasks that could move in a step; guards have 0 for no limit. */
const MOST_MOVES = 1e6;

export const MODEL = {
  cpuOvercommit: {
    default: 1.5,
    unit: "times the capacity",
    description:
      "most CPU requests on a machine; machines of the 2011 cell held 1.14, 1.39 at the 95th percentile",
    min: 0.01,
    max: 100,
  },
  linkGbps: {
    default: 1,
    unit: "Gbit/s",
    description: "each machine's link for migrations (the thesis's testbed: Gigabit Ethernet)",
    min: 1e-6,
    max: 10_000,
  },
  flowsPerMachine: {
    default: 2,
    unit: "flows",
    description: "migrations that a link carries at a time, each with an equal part of the bandwidth",
    min: 1,
    max: 256,
    integer: true,
  },
  referenceMemoryGib: {
    default: 64,
    unit: "GiB",
    description:
      "memory of the reference machine, which the trace does not tell; migrated bytes are proportional " +
      "to it",
    min: 1e-6,
    max: 65_536,
  },
  referenceCores: {
    default: 16,
    unit: "cores",
    description: "cores of the reference machine, for the queueing model; half of it is the testbed's 8",
    min: 1,
    max: 1024,
    integer: true,
  },
  dirtyShare: {
    default: 0.01,
    unit: "of its memory a second",
    description: "memory that a running task writes again, in pre-copy; assumed",
    min: 0,
    max: 100,
  },
  workingSet: {
    default: 0.1,
    unit: "of its memory",
    description:
      "most memory of a task that is dirty at a time, in pre-copy and post-copy (its writable working " +
      "set); assumed",
    min: 0,
    max: 1,
  },
  downtimeGoal: {
    default: 0.3,
    unit: "s",
    description: "pre-copy stops the task when the rest takes no longer (QEMU's default)",
    min: 0,
    max: 3600,
  },
  touchedShare: {
    default: 0.33,
    unit: "of its memory",
    description:
      "memory that a task uses after a migration, in lazy-copy and dsm (GiantVM: about a third of the " +
      "pages move)",
    min: 0,
    max: 1,
  },
  warmShare: {
    default: 0,
    unit: "of the used memory",
    description: "pages that the target still holds from an earlier visit, in dsm; assumed",
    min: 0,
    max: 1,
  },
  pageFetch: {
    default: 102.5,
    unit: "us",
    description:
      "time to fetch one 4 KiB page on demand, or its time on the link where that is longer (GiantVM, " +
      "TCP; RDMA: 7.79)",
    min: 0,
    max: 1e6,
  },
  faultLoss: {
    default: 0.5,
    unit: "of its speed",
    description:
      "speed that a task loses while lazy-copy or dsm fetch its pages (GiantVM: up to half, for 1 to 2 s)",
    min: 0.01,
    max: 1,
  },
  stateMib: {
    default: 1,
    unit: "MiB",
    description:
      "registers and devices, sent before a task starts at the target in post-copy or lazy-copy; assumed",
    min: 0,
    max: 65_536,
  },
  migrationOverhead: {
    default: 0.1,
    unit: "of the task's CPU",
    description: "CPU that a migration costs at each end during the copy (CloudSim's assumption)",
    min: 0,
    max: 1,
  },
  interference: {
    default: 0.1,
    unit: "CPU per CPU",
    description:
      "LC capacity lost per CPU that best-effort work uses on the same machine (caches, memory bandwidth); " +
      "assumed",
    min: 0,
    max: 1,
  },
  burstiness: {
    default: 1,
    unit: "CoV squared",
    description: "squared coefficient of variation of LC arrivals and service times, for the queueing model",
    min: 0,
    max: 1000,
  },
  interval: {
    default: 1,
    unit: "steps",
    description: "steps between two decisions of a policy",
    min: 1,
    max: MOST_STEPS,
    integer: true,
  },
  staleness: {
    default: 0,
    unit: "steps",
    description: "age of the observations that a policy sees",
    min: 0,
    max: 1000,
    integer: true,
  },
  smoothing: {
    default: 1,
    unit: "weight",
    description: "weight of the newest observation in what a policy sees (1: no smoothing)",
    min: 0.001,
    max: 1,
  },
  history: {
    default: 30,
    unit: "steps",
    description: "past observations of each machine that a policy can read (CloudSim keeps as many)",
    min: 1,
    max: 1000,
    integer: true,
  },
  moveBudget: {
    default: 0,
    unit: "moves a step",
    description: "guard: most migrations started in one step (0: no limit)",
    min: 0,
    max: MOST_MOVES,
    integer: true,
  },
  cooldown: {
    default: 3,
    unit: "steps",
    description: "guard: least time between two migrations of a task",
    min: 0,
    max: MOST_STEPS,
    integer: true,
  },
  admissionsPerTarget: {
    default: 4,
    unit: "moves a step",
    description: "guard: most migrations that one machine accepts in one step (0: no limit)",
    min: 0,
    max: MOST_MOVES,
    integer: true,
  },
  minGain: {
    default: 0,
    ...LOAD,
    description: "guard: a move must bring the loads of its two machines closer by this much (0: every move)",
  },
  moveLatencyCritical: {
    default: 0,
    unit: "0 or 1",
    description: "whether LC tasks may migrate",
    min: 0,
    max: 1,
    integer: true,
  },
} as const;

export type ModelValues = Values<typeof MODEL>;
export type ModelOptions = Partial<ModelValues>;
