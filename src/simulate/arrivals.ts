/** Runs coming in: which are due, which wait, which go to a machine. */
import type TinyQueue from "tinyqueue";
import { InputError } from "../errors.js";
import type { Policy } from "../policies/policy.js";
import { traceMachine } from "../policies/trace-machine.js";
import type { Random } from "../random.js";
import { LATENCY_CRITICAL, type Workload } from "../trace/workload.js";
import type { ModelValues } from "./model.js";
import type { Observer } from "./observe.js";
import { hasRoom, placeRun, type ClusterState } from "./state.js";
import { createWaitingQueue } from "./waiting.js";

export interface Arrivals {
  readonly waiting: TinyQueue<number>;
  /** Counts since the run began. */
  readonly counts: { arrived: number; placed: number; expired: number; evicted: number };
  /** Lets in the runs that start in this step and places them, and those that wait, by priority. */
  place(step: number): void;
  /** Puts a run that lost its machine back into the queue. */
  requeue(run: number): void;
  /** CPU that waiting LC runs want in this step and their number: demand that is lost. */
  waitingDemand(step: number): { cpu: number; tasks: number };
}

export function createArrivals(
  state: ClusterState,
  workload: Workload,
  observer: Observer,
  {
    policy,
    model,
    random,
    onPlaced,
  }: {
    policy: Policy;
    model: ModelValues;
    random: Random;
    onPlaced: (run: number, slot: number, step: number) => void;
  },
): Arrivals {
  const { runs, usage } = workload;
  const waiting = createWaitingQueue(runs.priority);
  const counts = { arrived: 0, placed: 0, expired: 0, evicted: 0 };
  const choose = policy.place?.bind(policy) ?? traceMachine;
  let next = 0;

  function place(step: number): void {
    while (next < runs.start.length && usage.firstStep[next] <= step) {
      counts.arrived++;
      waiting.push(next++);
    }
    if (waiting.length > 0) drain(step);
  }

  function drain(step: number): void {
    const left: number[] = [];
    // By class: a policy may keep machines for one of them.
    const refusedBy = [0, 1].map(() => ({ memory: Infinity, cpuRequest: Infinity }));
    for (let run = waiting.pop(); run !== undefined; run = waiting.pop()) {
      if (isLost(run, step)) {
        counts.expired++;
        continue;
      }
      const memory = state.peakMemory[run];
      const cpuRequest = runs.cpuRequest[run];
      const refused = refusedBy[runs.taskClass[run]];
      // What is no smaller than something refused in this very step would be refused as well.
      const machine =
        memory >= refused.memory && cpuRequest >= refused.cpuRequest ? -1 : machineFor(run, step);
      if (machine < 0) {
        left.push(run);
        if (memory <= refused.memory && cpuRequest <= refused.cpuRequest)
          Object.assign(refused, { memory, cpuRequest });
        continue;
      }
      const slot = placeRun(state, workload, run, machine, step);
      observer.notePlacement(run, machine);
      onPlaced(run, slot, step);
      counts.placed++;
    }
    for (const run of left) waiting.push(run);
  }

  function machineFor(run: number, step: number): number {
    const own = runs.machine[run];
    // The state before the trace is a fact, even where it over-commits a machine.
    if (step === 0 && runs.initial[run] === 1 && own >= 0 && state.cpu[own] > 0) return own;
    const machine = choose(observer.arriving(run), observer.view, random);
    if (machine === -1) return -1;
    if (!(machine in state.cpu)) {
      throw new InputError(
        `invalid placement of policy ${policy.name}: machine ${machine}; there are ${state.machines}`,
      );
    }
    const fits = hasRoom(state, machine, state.peakMemory[run], runs.cpuRequest[run], model.cpuOvercommit);
    return fits ? machine : -1;
  }

  /** An LC run whose time in the trace is over never ran. */
  function isLost(run: number, step: number): boolean {
    const samples = usage.offsets[run + 1] - usage.offsets[run];
    return runs.taskClass[run] === LATENCY_CRITICAL && step >= usage.firstStep[run] + samples;
  }

  function waitingDemand(step: number): { cpu: number; tasks: number } {
    let cpu = 0;
    let tasks = 0;
    for (const run of waiting.data) {
      if (runs.taskClass[run] !== LATENCY_CRITICAL) continue;
      cpu += usage.cpu[usage.offsets[run] + step - usage.firstStep[run]];
      tasks++;
    }
    return { cpu, tasks };
  }

  return {
    waiting,
    counts,
    place,
    requeue(run) {
      counts.evicted++;
      waiting.push(run);
    },
    waitingDemand,
  };
}
