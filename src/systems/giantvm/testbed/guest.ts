/** The BE threads inside the GiantVM: the vCPU on which each runs, and its waits for pages of other nodes. */
import type { Random } from "../../../base/random.js";
import { followsFaults } from "./numa-balancing.js";
import type { TestbedParameters } from "./parameters.js";

const MIB = 2 ** 20;
const PAGE = 4096;

export interface Guest {
  readonly threadsOnCpu: Int32Array;
  /** CPU that the threads of a vCPU want, in CPUs, without their waits for pages. */
  readonly wantedOnCpu: Float64Array;
  /** Index of the node that each process is confined to; -1 where its threads are on several nodes. */
  readonly nodeOf: Int32Array;
  /** Progress of each process in CPU seconds. */
  readonly progress: Float64Array;
  /** Bytes transferred to another node after moves. */
  readonly movedBytes: () => number;
  /** Bytes moved by hinting faults of NUMA balancing. */
  readonly hintedBytes: () => number;
  readonly threadsOnNode: (node: number) => number;
  /** Confines a process to a node; its working set is then transferred. */
  readonly move: (process: number, node: number) => void;
  /**
   * Lets NUMA balancing move the threads of each process to the node that has most of its threads, and so
   * most of its pages.
   */
  readonly followFaults: () => void;
  /** Moves every thread to another vCPU of its node. */
  readonly wander: () => void;
  /** Computes `wantedOnCpu`; must be called before `advance`. */
  readonly want: () => void;
  /** Runs the threads for a tick in which each vCPU gets `given` CPU. */
  readonly advance: (given: Float64Array, seconds: number) => void;
}

export interface GuestOptions {
  readonly parameters: TestbedParameters;
  /** BE processes, 0 for none. */
  readonly processes: number;
  /** Whether NUMA balancing moves pages of processes that run on several nodes. */
  readonly isHinting: boolean;
  readonly random: Random;
}

/**
 * Returns the guest after naive placement: each thread is on the node with the fewest threads, the lowest
 * number first (as naiveS.cpp of the GiantVM test cases places tasks), and alone on its vCPU where possible.
 */
export function createGuest({ parameters, processes, isHinting, random }: GuestOptions): Guest {
  const { hosts, cpus, threads } = parameters;
  const cpuOf = new Int32Array(processes * threads).fill(-1);
  const threadsOnCpu = new Int32Array(hosts * cpus);
  const wantedOnCpu = new Float64Array(hosts * cpus);
  const nodeOf = new Int32Array(processes).fill(-1);
  const progress = new Float64Array(processes);
  const toFetch = new Float64Array(processes);
  const stall = new Float64Array(processes);
  const hintShare = isHinting ? (parameters.hintedPages * PAGE) / (parameters.bandwidth * MIB) : 0;
  let moved = 0;
  let hinted = 0;

  function threadsOnNode(node: number): number {
    let sum = 0;
    for (let cpu = node * cpus; cpu < (node + 1) * cpus; cpu++) sum += threadsOnCpu[cpu];
    return sum;
  }

  function put(thread: number, node: number): void {
    if (cpuOf[thread] >= 0) threadsOnCpu[cpuOf[thread]]--;
    const first = Math.floor(random() * cpus);
    let best = node * cpus + first;
    for (let i = 1; i < cpus; i++) {
      const cpu = node * cpus + ((first + i) % cpus);
      if (threadsOnCpu[cpu] < threadsOnCpu[best]) best = cpu;
    }
    cpuOf[thread] = best;
    threadsOnCpu[best]++;
  }

  function emptiestNode(): number {
    let best = 0;
    for (let node = 1; node < hosts; node++) if (threadsOnNode(node) < threadsOnNode(best)) best = node;
    return best;
  }

  for (let thread = 0; thread < cpuOf.length; thread++) put(thread, emptiestNode());
  for (let process = 0; process < processes; process++) nodeOf[process] = commonNode(process);

  function nodeOfThread(thread: number): number {
    return Math.floor(cpuOf[thread] / cpus);
  }

  function commonNode(process: number): number {
    const node = nodeOfThread(process * threads);
    for (let i = 1; i < threads; i++) if (nodeOfThread(process * threads + i) !== node) return -1;
    return node;
  }

  function fullestNode(process: number): number {
    let best = 0;
    let most = 0;
    for (let node = 0; node < hosts; node++) {
      let count = 0;
      for (let i = 0; i < threads; i++) if (nodeOfThread(process * threads + i) === node) count++;
      if (count <= most) continue;
      best = node;
      most = count;
    }
    return best;
  }

  function stallOf(process: number): number {
    const isSpread = nodeOf[process] === -1;
    const waits = toFetch[process] > 0 ? parameters.fetchStall : isSpread ? parameters.spreadStall : 0;
    return Math.min(0.99, waits + (isSpread ? hintShare / threads : 0));
  }

  return {
    threadsOnCpu,
    wantedOnCpu,
    nodeOf,
    progress,
    threadsOnNode,
    movedBytes: () => moved,
    hintedBytes: () => hinted,
    move(process, node) {
      if (nodeOf[process] === node) return;
      for (let i = 0; i < threads; i++) put(process * threads + i, node);
      nodeOf[process] = node;
      toFetch[process] = parameters.workingSet * MIB;
    },
    followFaults() {
      for (let process = 0; process < processes; process++) {
        if (nodeOf[process] !== -1) continue;
        const preferred = fullestNode(process);
        for (let i = 0; i < threads; i++) {
          const node = nodeOfThread(process * threads + i);
          const follows = followsFaults(threadsOnNode(node), threadsOnNode(preferred));
          if (node !== preferred && follows) put(process * threads + i, preferred);
        }
        nodeOf[process] = commonNode(process);
      }
    },
    wander() {
      for (let thread = 0; thread < cpuOf.length; thread++) put(thread, nodeOfThread(thread));
    },
    want() {
      wantedOnCpu.fill(0);
      for (let process = 0; process < processes; process++) {
        stall[process] = stallOf(process);
        for (let i = 0; i < threads; i++) wantedOnCpu[cpuOf[process * threads + i]] += 1 - stall[process];
      }
      for (let cpu = 0; cpu < wantedOnCpu.length; cpu++) wantedOnCpu[cpu] = Math.min(1, wantedOnCpu[cpu]);
    },
    advance(given, seconds) {
      for (let process = 0; process < processes; process++) {
        let got = 0;
        for (let i = 0; i < threads; i++) {
          const cpu = cpuOf[process * threads + i];
          got += given[cpu] / threadsOnCpu[cpu];
        }
        progress[process] += got * seconds;
        if (toFetch[process] > 0) {
          const share = (got / (threads * (1 - stall[process]))) * parameters.fetchStall;
          const bytes = Math.min(toFetch[process], share * parameters.bandwidth * MIB * seconds);
          toFetch[process] -= bytes;
          moved += bytes;
        } else if (isHinting && nodeOf[process] === -1) hinted += parameters.hintedPages * PAGE * seconds;
      }
    },
  };
}
