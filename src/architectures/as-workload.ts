/** Writes the starts and machines of a schedule back into the workload that its jobs come from. */
import { InputError } from "../base/errors.js";
import { pickColumns, rowsWhere } from "../base/columns/columns.js";
import {
  createSampler,
  createWindows,
  enlargeWindows,
  layOutSteps,
  sampleCpu,
  sampleMemory,
  type Windows,
} from "../workload/build/usage.js";
import { OUTCOME, type ExecutionColumns, type UsageColumns, type Workload } from "../workload/workload.js";
import type { WorkloadCluster, WorkloadJobs } from "./jobs/jobs-of.js";
import type { Schedule } from "./schedule.js";

/** When and where an execution of the workload runs; `from` is its row. */
interface Placed {
  readonly from: number;
  readonly start: number;
  readonly end: number;
  readonly machine: number;
  /** Whether the schedule started it; otherwise it was running before. */
  readonly isNew: boolean;
}

/**
 * Returns the workload with the start and the machine that a schedule gave its executions, so that
 * `simulate(asWorkload(workload, schedule), policy)` adds co-location, LC tails and, with a policy that
 * migrates, migration. Policies without a placement rule of their own keep the machine. The workload must be
 * the one that `jobsOf` made the schedule's jobs and machines from.
 *
 * Usage moves with the execution: its rate over time stays the same. An execution that runs past the last
 * step is cut there. The returned workload has the executions that were placed before its end. Where the jobs
 * were made with `running: "prefill"`, it also has those that were running at the beginning, on their
 * machines of the trace. Tasks without a machine, or with a start after the end, are counted in
 * `provenance.report`; `provenance.options` names the architecture.
 *
 * Throws InputError where jobs or machines of the schedule are not from this workload.
 */
export function asWorkload(workload: Workload, schedule: Schedule): Workload {
  const { jobs, cluster } = partsOf(workload, schedule);
  const horizon = workload.steps * workload.stepSeconds;
  const arrived = placedTasks(schedule, jobs, horizon);
  const newRow = new Int32Array(workload.machines.id.length).fill(-1);
  cluster.machines.forEach((row, m) => (newRow[row] = m));
  const placed = [...running(workload, cluster, newRow), ...arrived];
  const { job, index } = workload.executions;
  placed.sort(
    (a, b) =>
      a.start - b.start ||
      (job[a.from] < job[b.from] ? -1 : job[a.from] > job[b.from] ? 1 : index[a.from] - index[b.from]) ||
      a.from - b.from,
  );
  const { provenance, machineEvents } = workload;
  const events = pickColumns(
    machineEvents,
    rowsWhere(machineEvents.time.length, (row) => newRow[machineEvents.machine[row]] >= 0),
  );
  return {
    ...workload,
    machines: pickColumns(workload.machines, cluster.machines),
    machineEvents: { ...events, machine: events.machine.map((row) => newRow[row]) },
    executions: executionsOf(workload, placed, horizon),
    usage: movedUsage(workload, placed),
    provenance: {
      ...provenance,
      options: {
        ...provenance.options,
        architecture: schedule.architecture,
        architectureMode: schedule.mode,
        architectureSeed: schedule.seed,
        architectureParameters: JSON.stringify(schedule.parameters),
      },
      report: {
        ...provenance.report,
        "architecture.tasksWithoutStart": jobs.executions.length - arrived.length,
      },
    },
  };
}

function partsOf(
  workload: Workload,
  { submitted, cluster }: Schedule,
): { readonly jobs: WorkloadJobs; readonly cluster: WorkloadCluster } {
  const rows = workload.executions.job.length;
  if (
    !("executions" in submitted && "machines" in cluster) ||
    (submitted as WorkloadJobs).executions.some((row) => row >= rows) ||
    (cluster as WorkloadCluster).machines.some((row) => row >= workload.machines.id.length)
  )
    throw new InputError(
      "the schedule's jobs and machines are not from this workload: schedule what jobsOf(workload) returns",
    );
  return { jobs: submitted as WorkloadJobs, cluster: cluster as WorkloadCluster };
}

function placedTasks({ tasks }: Schedule, jobs: WorkloadJobs, horizon: number): Placed[] {
  const placed: Placed[] = [];
  for (let task = 0; task < tasks.machine.length; task++) {
    const start = tasks.start[task];
    const end = Math.min(tasks.end[task], horizon);
    // Also false for NaN, and where start plus duration is rounded to start.
    if (!(tasks.machine[task] >= 0 && end > start)) continue;
    placed.push({ from: jobs.executions[task], start, end, machine: tasks.machine[task], isNew: true });
  }
  return placed;
}

/**
 * Returns the executions that run at time 0, each on its machine of the trace, or on -1 where that was not
 * kept.
 */
function running({ executions }: Workload, { running: rows }: WorkloadCluster, newRow: Int32Array): Placed[] {
  return Array.from(rows, (from) => ({
    from,
    start: executions.start[from],
    end: executions.end[from],
    machine: executions.machine[from] < 0 ? -1 : newRow[executions.machine[from]],
    isNew: false,
  }));
}

function executionsOf(
  { executions }: Workload,
  placed: readonly Placed[],
  horizon: number,
): ExecutionColumns {
  const moved = pickColumns(
    executions,
    Int32Array.from(placed, ({ from }) => from),
  );
  placed.forEach(({ start, end, machine, isNew }, row) => {
    moved.machine[row] = machine;
    if (!isNew) return;
    moved.submit[row] = Math.min(moved.submit[row], start);
    moved.start[row] = start;
    moved.end[row] = end;
    moved.initial[row] = 0;
    if (end === horizon) moved.outcome[row] = OUTCOME.alive;
  });
  return moved;
}

/**
 * Returns the usage of the executions at their new times: the rates over time are moved with the execution.
 */
function movedUsage({ executions, usage, stepSeconds }: Workload, placed: readonly Placed[]): UsageColumns {
  const starts = Float64Array.from(placed, ({ start }) => start);
  const ends = Float64Array.from(placed, ({ end }) => end);
  const { offsets, firstStep } = layOutSteps(starts, ends, stepSeconds);
  const cpu = new Float32Array(offsets[placed.length]);
  const memory = new Float32Array(cpu.length);
  const sampler = createSampler();
  const windows = createWindows();
  placed.forEach(({ from, start, end }, row) => {
    const first = offsets[row];
    const steps = offsets[row + 1] - first;
    if (start === executions.start[from] && steps === usage.offsets[from + 1] - usage.offsets[from]) {
      // Nothing has moved: the samples stay the same to the last bit.
      cpu.set(usage.cpu.subarray(usage.offsets[from], usage.offsets[from + 1]), first);
      memory.set(usage.memory.subarray(usage.offsets[from], usage.offsets[from + 1]), first);
      return;
    }
    shiftWindows(windows, { executions, usage, stepSeconds }, from, start - executions.start[from]);
    const span = { start, end, step: stepSeconds };
    const target = { from: first, steps, firstStep: firstStep[row] };
    sampleCpu(sampler, windows, span, { values: cpu, ...target });
    sampleMemory(sampler, windows, span, { values: memory, ...target });
  });
  return { offsets, firstStep, cpu, memory };
}

/** Fills `windows` with the rates of an execution, one window for each step, each moved later by `shift`. */
function shiftWindows(
  windows: Windows,
  { executions, usage, stepSeconds }: Pick<Workload, "executions" | "usage" | "stepSeconds">,
  from: number,
  shift: number,
): void {
  const first = usage.offsets[from];
  const steps = usage.offsets[from + 1] - first;
  while (windows.start.length < steps) enlargeWindows(windows);
  windows.count = steps;
  for (let i = 0; i < steps; i++) {
    const begin = (usage.firstStep[from] + i) * stepSeconds;
    const start = Math.max(begin, executions.start[from]);
    const end = Math.min(begin + stepSeconds, executions.end[from]);
    windows.start[i] = start + shift;
    windows.end[i] = end + shift;
    // A sample is the mean of its whole step, even where the execution ran in only a part of the step.
    windows.cpu[i] = (usage.cpu[first + i] * stepSeconds) / (end - start);
    windows.memory[i] = usage.memory[first + i];
  }
}
