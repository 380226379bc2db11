/** The loads of one step, for metrics. */
import { createWaterFilling, type WaterFilling } from "../metrics/bound.js";
import { SLO_FACTOR } from "../metrics/qos.js";
import { spreadSort } from "../base/sort.js";
import { shareOf } from "./metrics/range.js";
import { lcSlowdowns, tailAlone, type LcTails } from "./lc-tails.js";
import type { ModelValues } from "./model.js";
import type { ClusterState } from "./state.js";
import type { MachineStep, StepTotals } from "./step.js";

/** Facts of a step that do not follow from the machines' loads. */
export interface StepFacts {
  readonly step: number;
  /** Tasks waiting for a machine; how many of them are LC, and the CPU that these LC tasks want. */
  readonly waiting: number;
  readonly waitingLcTasks: number;
  readonly waitingLcCpu: number;
  readonly arrived: number;
  readonly ended: number;
  readonly evicted: number;
  readonly migrationsStarted: number;
  readonly migrationsCompleted: number;
  /** Migration traffic. */
  readonly bytes: number;
}

/** What is recorded: the state of the cluster, and the results of the stepper and of the tail model. */
export interface RecordedCluster {
  readonly state: ClusterState;
  readonly machine: MachineStep;
  readonly totals: StepTotals;
  readonly tails: LcTails;
}

export interface RecordScale {
  readonly steps: number;
  readonly stepSeconds: number;
  readonly model: ModelValues;
  readonly slo: number;
}

/** Sums over the machines. */
interface TailSums {
  load: number;
  /** Load times slowdown. */
  slowdown: number;
  /** Load on machines whose tail is above the SLO. */
  violated: number;
}

/** Columns that are computed when a metric first reads them in a step. */
type Made =
  | "capacity"
  | "utilization"
  | "lcUtilization"
  | "memory"
  | "sortedUtilization"
  | "sortedMemory"
  | "lcPinned"
  | "lcTail";

/**
 * CPU is in CPU of the reference machine; columns have one row for each machine that is up, in order of
 * number. Costly columns are computed when first read, so that a metric that was not chosen costs nothing. It
 * is a class so that all runs share the getters and V8 compiles them once.
 */
export class StepLoads {
  facts: StepFacts = NO_FACTS;
  /** Machines that are up. */
  machines = 0;
  /** Sums of the capacities of these machines, and whether all have the same CPU. */
  cpu = 0;
  memory = 0;
  isUniform = true;
  /** Sums over the machines. */
  lcWanted = 0;
  beWanted = 0;
  lcServed = 0;
  beServed = 0;

  readonly #cluster: RecordedCluster;
  readonly #scale: RecordScale;
  readonly #up: Int32Array;
  /** Machines that are up and have memory. */
  #withMemory = 0;
  readonly #columns: Readonly<Record<Made, { step: number; readonly values: Float64Array }>>;
  readonly #fill: WaterFilling;
  readonly #tails: TailSums & { step: number } = { step: -1, load: 0, slowdown: 0, violated: 0 };

  constructor(cluster: RecordedCluster, scale: RecordScale) {
    const n = cluster.state.machines;
    const column = (): { step: number; values: Float64Array } => ({ step: -1, values: new Float64Array(n) });
    this.#cluster = cluster;
    this.#scale = scale;
    this.#up = new Int32Array(n);
    this.#columns = {
      capacity: column(),
      utilization: column(),
      lcUtilization: column(),
      memory: column(),
      sortedUtilization: column(),
      sortedMemory: column(),
      lcPinned: column(),
      lcTail: column(),
    };
    this.#fill = createWaterFilling(n);
  }

  /** Reads the step that was just simulated. */
  take(facts: StepFacts): void {
    const { state, machine } = this.#cluster;
    this.facts = facts;
    this.#countUp(state);
    this.lcServed = sum(machine.lcServed);
    this.beServed = sum(machine.beServed);
    this.lcWanted = sum(machine.lcWanted);
    this.beWanted = sum(machine.beWanted);
  }

  /** Reads the step again, because a user's function may have changed the columns. */
  takeAgain(): void {
    for (const column of Object.values(this.#columns)) column.step = -1;
    this.#tails.step = -1;
    this.take(this.facts);
  }

  /** Numbers of the machines that are up. */
  get up(): Int32Array {
    return this.#up.subarray(0, this.machines);
  }

  /** LC tasks on machines; `lcFellShort` of them got too little CPU (metrics/qos.ts). */
  get runningLc(): number {
    return this.#cluster.totals.lcTasks;
  }

  get runningBe(): number {
    return this.#cluster.totals.beTasks;
  }

  get lcFellShort(): number {
    return this.#cluster.totals.lcViolations;
  }

  /** Machines on which some task got less CPU than it wanted. */
  get contended(): number {
    return this.#cluster.totals.contended;
  }

  /** CPU that migrations cost, at most the capacity of each machine. */
  get overhead(): number {
    const { overhead } = this.#cluster.machine;
    const { cpu } = this.#cluster.state;
    return this.#sumUp((m) => Math.min(overhead[m], cpu[m]));
  }

  get memoryUsed(): number {
    const { memoryUsed } = this.#cluster.machine;
    return this.#sumUp((m) => memoryUsed[m]);
  }

  /** Bytes that all links can carry in the step. */
  get linkBytes(): number {
    const { model, stepSeconds } = this.#scale;
    return ((model.linkGbps * 1e9) / 8) * stepSeconds * this.machines;
  }

  get capacity(): Float64Array {
    return this.#made("capacity", (values, up) => {
      const { cpu } = this.#cluster.state;
      for (let i = 0; i < up.length; i++) values[i] = cpu[up[i]];
    });
  }

  /** CPU delivered over capacity. */
  get utilization(): Float64Array {
    return this.#made("utilization", (values, up) => {
      const { lcServed, beServed } = this.#cluster.machine;
      const { cpu } = this.#cluster.state;
      for (let i = 0; i < up.length; i++) {
        const m = up[i];
        values[i] = Math.min(1, (lcServed[m] + beServed[m]) / cpu[m]);
      }
    });
  }

  /** The same in ascending order. */
  get sortedUtilization(): Float64Array {
    return this.#made("sortedUtilization", (values) => {
      values.set(this.utilization);
      spreadSort(values);
    });
  }

  /** CPU delivered to LC tasks over capacity. */
  get lcUtilization(): Float64Array {
    return this.#made("lcUtilization", (values, up) => {
      const { lcServed } = this.#cluster.machine;
      const { cpu } = this.#cluster.state;
      for (let i = 0; i < up.length; i++) values[i] = Math.min(1, lcServed[up[i]] / cpu[up[i]]);
    });
  }

  /** Memory used over capacity; NaN where a machine has no memory. */
  get memoryUtilization(): Float64Array {
    return this.#made("memory", (values, up) => {
      const { memoryUsed } = this.#cluster.machine;
      const { memory } = this.#cluster.state;
      for (let i = 0; i < up.length; i++) values[i] = shareOf(memoryUsed[up[i]], memory[up[i]]);
    });
  }

  /** The same in ascending order, of the machines that have memory. */
  get sortedMemoryUtilization(): Float64Array {
    const sorted = this.#made("sortedMemory", (values) => {
      const shares = this.memoryUtilization;
      let count = 0;
      for (let i = 0; i < shares.length; i++) if (!Number.isNaN(shares[i])) values[count++] = shares[i];
      spreadSort(values.subarray(0, count));
    });
    return sorted.subarray(0, this.#withMemory);
  }

  /** CPU that LC tasks want, at most the capacity. No policy moves this load, unless LC tasks may move. */
  get lcPinned(): Float64Array {
    return this.#made("lcPinned", (values, up) => {
      const { lcWanted } = this.#cluster.machine;
      const { cpu } = this.#cluster.state;
      for (let i = 0; i < up.length; i++) values[i] = Math.min(lcWanted[up[i]], cpu[up[i]]);
    });
  }

  /** Slowdown of LC work at the 99th percentile by the queueing model, 0 where no LC work wants CPU. */
  get lcTail(): Float64Array {
    return this.#made("lcTail", (values, up) => {
      const slowdown = lcSlowdowns(this.#cluster.tails);
      for (let i = 0; i < up.length; i++) values[i] = slowdown[up[i]];
    });
  }

  /**
   * The least Gini that any placement of the best-effort work could reach (`waterFill`); NaN where LC work
   * may move, too.
   */
  get leastGini(): number {
    if (this.#scale.model.moveLatencyCritical === 1) return NaN;
    return this.#fill(this.lcPinned, this.capacity, this.beWanted);
  }

  /** Sums of LC load by tail latency. */
  get tails(): Readonly<TailSums> {
    const sums = this.#tails;
    if (sums.step !== this.facts.step) {
      sums.step = this.facts.step;
      this.#sumTails(sums);
    }
    return sums;
  }

  /** LC load whose tail is above 1.2 times its value without best-effort work and migrations. */
  get lcHarmed(): number {
    const { tails } = this.#cluster;
    const { lcWanted } = this.#cluster.machine;
    const slowdown = lcSlowdowns(tails);
    let harmed = 0;
    for (let i = 0; i < this.machines; i++) {
      const m = this.#up[i];
      const wanted = lcWanted[m];
      // The tail without other work is at least 1, so a tail up to the factor is never harmed.
      if (wanted === 0 || slowdown[m] <= SLO_FACTOR) continue;
      if (slowdown[m] > SLO_FACTOR * tailAlone(tails, m)) harmed += wanted;
    }
    return harmed;
  }

  #sumTails(sums: TailSums): void {
    const { lcWanted } = this.#cluster.machine;
    const tails = lcSlowdowns(this.#cluster.tails);
    sums.load = 0;
    sums.slowdown = 0;
    sums.violated = 0;
    for (let i = 0; i < this.machines; i++) {
      const m = this.#up[i];
      const wanted = lcWanted[m];
      if (wanted === 0) continue;
      sums.load += wanted;
      sums.slowdown += wanted * tails[m];
      if (tails[m] > this.#scale.slo) sums.violated += wanted;
    }
  }

  #sumUp(of: (machine: number) => number): number {
    let total = 0;
    for (let i = 0; i < this.machines; i++) total += of(this.#up[i]);
    return total;
  }

  #countUp({ machines, cpu, memory }: ClusterState): void {
    const up = this.#up;
    let count = 0;
    this.cpu = 0;
    this.memory = 0;
    this.isUniform = true;
    this.#withMemory = 0;
    for (let m = 0; m < machines; m++) {
      if (cpu[m] === 0) continue;
      if (count > 0 && cpu[m] !== cpu[up[0]]) this.isUniform = false;
      up[count++] = m;
      this.cpu += cpu[m];
      this.memory += memory[m];
      if (memory[m] > 0) this.#withMemory++;
    }
    this.machines = count;
  }

  #made(name: Made, make: (values: Float64Array, up: Int32Array) => void): Float64Array {
    const column = this.#columns[name];
    const values = column.values.subarray(0, this.machines);
    if (column.step !== this.facts.step) {
      column.step = this.facts.step;
      make(values, this.up);
    }
    return values;
  }
}

const NO_FACTS: StepFacts = {
  step: -1,
  waiting: 0,
  waitingLcTasks: 0,
  waitingLcCpu: 0,
  arrived: 0,
  ended: 0,
  evicted: 0,
  migrationsStarted: 0,
  migrationsCompleted: 0,
  bytes: 0,
};

function sum(column: Float64Array): number {
  let total = 0;
  for (let m = 0; m < column.length; m++) total += column[m];
  return total;
}
