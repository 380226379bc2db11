/** The bound on balance: best-effort work as a fluid that is always spread as evenly as possible. */
import { lcCapacity } from "../../cluster/lc-capacity.js";
import { waterFill } from "../../metrics/bound.js";
import { meanOf } from "../../metrics/statistics.js";
import { SLO_FACTOR } from "../../metrics/qos.js";
import { lcTail } from "../../metrics/queueing.js";
import { BEST_EFFORT, LATENCY_CRITICAL, type Workload } from "../../workload/workload.js";
import type { Settings } from "../../simulate/settings.js";
import type { Run } from "../../simulate/simulate.js";
import { coresOf, TAIL } from "../../simulate/slo.js";
import { traceDemand } from "../../simulate/trace-facts.js";
import type { CapacityFigures } from "./violations.js";

/**
 * Returns a function from a factor to the metrics of perfectly even best-effort work. In each step, the
 * trace's best-effort demand times the factor is spread by `waterFill` over the LC work of `alone` (a run
 * without best-effort work, simulated with `keepMachines`). The demand is infinitely divisible, has no
 * requests and no memory, and migrates without cost; demand that does not fit waits for the next step. Its
 * weight in CPU queues is the trace's ratio of best-effort requests to CPU used. No policy can be more even,
 * but a policy may harm LC work less, since evenness and LC tails are different things.
 */
export function perfectlyEven(
  workload: Workload,
  alone: Run,
  { sharing, model }: Pick<Settings, "sharing" | "model">,
): (factor: number) => CapacityFigures {
  const steps = alone.steps.step.length;
  const n = workload.machines.id.length;
  const demand = traceDemand(workload, steps).bestEffort;
  const lcRequest = lcRequests(workload, alone, steps);
  const weight = requestPerCpu(workload);
  const history = alone.machines!.cpu;
  const aloneTail = new Float64Array(steps * n);
  for (let at = 0; at < aloneTail.length; at++) aloneTail[at] = tailOn(at, 0);

  /** The LC tail of a machine in a step when this much best-effort work runs beside the LC work. */
  function tailOn(at: number, bestEffort: number): number {
    if (!(history[at] > 0)) return NaN;
    const capacity = workload.machines.cpu[at % n];
    const requests = lcRequest[at];
    return lcTail({
      cores: coresOf(capacity, model),
      load: history[at] * capacity,
      capacity,
      effectiveCapacity: lcCapacity(capacity, {
        bestEffort,
        overhead: 0,
        lcWeight: requests > 0 ? requests / (requests + weight * bestEffort) : 0,
        interference: model.interference,
        sharing,
      }),
      quantile: TAIL,
      variability: model.burstiness,
    });
  }

  function tails(step: number, level: number): { violated: number; harmed: number; tail: number } {
    const sum = { load: 0, violated: 0, harmed: 0, tail: 0 };
    for (let m = 0; m < n; m++) {
      const at = step * n + m;
      const used = history[at];
      if (!(used > 0)) continue;
      const capacity = workload.machines.cpu[m];
      const load = used * capacity;
      const tail = level > used ? tailOn(at, (level - used) * capacity) : aloneTail[at];
      sum.load += load;
      sum.tail += load * tail;
      if (tail > alone.summary.lcSlo) sum.violated += load;
      if (tail > SLO_FACTOR * aloneTail[at]) sum.harmed += load;
    }
    return { violated: sum.violated / sum.load, harmed: sum.harmed / sum.load, tail: sum.tail / sum.load };
  }

  return (factor) => {
    const column = (): Float64Array => new Float64Array(steps);
    const [gini, total, violated, harmed, tail] = [column(), column(), column(), column(), column()];
    let waiting = 0;
    let served = 0;
    for (let step = 0; step < steps; step++) {
      const row = history.subarray(step * n, (step + 1) * n);
      const capacity = workload.machines.cpu.map((cpu, m) => (Number.isNaN(row[m]) ? 0 : cpu));
      const lc = capacity.map((cpu, m) => (cpu > 0 ? row[m] * cpu : 0));
      const wanted = waiting + factor * demand[step];
      const filled = waterFill(lc, capacity, wanted);
      waiting = filled.unplaced;
      served += wanted - waiting;
      gini[step] = filled.gini;
      total[step] = (sumOf(lc) + wanted - waiting) / sumOf(capacity);
      const at = tails(step, filled.level);
      [violated[step], harmed[step], tail[step]] = [at.violated, at.harmed, at.tail];
    }
    const utilization = meanOf(total);
    return {
      utilization,
      beUtilization: utilization - alone.summary.utilization,
      gini: meanOf(gini),
      migrationGb: NaN,
      beThroughput: factor > 0 ? served / (factor * sumOf(demand)) : NaN,
      pending: NaN,
      lcViolations: alone.summary.lcViolations,
      lcTailViolations: meanOf(violated),
      lcHarmed: meanOf(harmed),
      lcTail: meanOf(tail),
    };
  };
}

/**
 * Returns the CPU requests of the LC tasks on each machine in each step, one step per row. LC tasks do not
 * migrate.
 */
function lcRequests(
  { executions, machines, stepSeconds }: Workload,
  { tasks }: Run,
  steps: number,
): Float64Array {
  const n = machines.id.length;
  const requests = new Float64Array(steps * n);
  for (let execution = 0; execution < tasks.placed.length; execution++) {
    if (executions.taskClass[execution] !== LATENCY_CRITICAL || Number.isNaN(tasks.placed[execution]))
      continue;
    const ended = tasks.ended[execution];
    const first = Math.floor(tasks.placed[execution] / stepSeconds);
    const last = Number.isNaN(ended) ? steps : Math.min(steps, Math.ceil(ended / stepSeconds));
    for (let step = first; step < last; step++)
      requests[step * n + tasks.machine[execution]] += executions.cpuRequest[execution];
  }
  return requests;
}

/** Returns how much CPU best-effort tasks of the trace request per CPU used. */
function requestPerCpu({ executions, usage }: Workload): number {
  let requested = 0;
  let used = 0;
  for (let execution = 0; execution < executions.start.length; execution++) {
    if (executions.taskClass[execution] !== BEST_EFFORT) continue;
    requested += executions.cpuRequest[execution] * (usage.offsets[execution + 1] - usage.offsets[execution]);
    for (let i = usage.offsets[execution]; i < usage.offsets[execution + 1]; i++) used += usage.cpu[i];
  }
  return used > 0 ? requested / used : 1;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
