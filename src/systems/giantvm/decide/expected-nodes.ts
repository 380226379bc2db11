/** Predicts the steal of nodes after moves. */
import type { Work } from "./decider.js";
import type { WeighedReading } from "./readings.js";

export interface ExpectedNodes {
  /** The share of its runnable time that a node loses to steal, after the planned moves. */
  readonly share: (node: number) => number;
  /** The share that the work loses on its node; on several nodes, the mean of the known shares. */
  readonly shareOf: (work: Work) => number;
  /** CPU that the work would use without steal, in CPUs; at most the number of CPUs of its node. */
  readonly wanted: (work: Work) => number;
  /** The share of the wanted CPU that a node would not get if the work ran there, too. */
  readonly shareWith: (node: number, work: Work) => number;
  /** Plans a move and updates the predictions. */
  readonly move: (work: Work, to: number) => void;
}

/**
 * Returns predictions for nodes with these readings and smoothed steal shares. An unknown share (NaN) counts
 * as `unknown`; a node without a reading counts as completely stolen.
 *
 * When work leaves, the stolen time shrinks by as much CPU as the work wanted, because the host serves its
 * own work first. When work arrives, it shares 1 - steal of the node's CPUs with the work that already runs
 * there. Whether the host then takes more is not predictable; smoothing and the growing stays handle that.
 */
export function expectNodes(
  readings: readonly WeighedReading[],
  shares: readonly number[],
  unknown: number,
): ExpectedNodes {
  const share = shares.map((value, node) =>
    readings[node].cpus === 0 ? 1 : Number.isNaN(value) ? unknown : value,
  );
  /** CPU in which something ran or was ready to run, in CPUs. */
  const runnable = readings.map(({ runnableTicks, elapsedTicks, cpus }) =>
    elapsedTicks > 0 ? (runnableTicks / elapsedTicks) * cpus : 0,
  );

  const known = shares.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;

  const allCpus = readings.reduce((sum, { cpus }) => sum + cpus, 0);

  function shareOf({ node }: Work): number {
    return node >= 0 ? share[node] : mean;
  }

  function wanted({ node, cpu }: Work): number {
    const lost = node >= 0 ? shares[node] : mean;
    return Math.min(cpu / Math.max(1 - lost, 0.01), node >= 0 ? readings[node].cpus : allCpus);
  }

  /** Returns the CPU that the work adds to a node. Work on several nodes already has an equal part there. */
  function added(work: Work): number {
    return wanted(work) * (work.node >= 0 ? 1 : 1 - 1 / readings.length);
  }

  function shareWith(node: number, work: Work): number {
    const demand = (runnable[node] + added(work)) / readings[node].cpus;
    return demand > 0 ? Math.max(share[node], 1 - (1 - share[node]) / demand) : share[node];
  }

  function move(work: Work, to: number): void {
    if (work.node >= 0) {
      const amount = wanted(work);
      const stolen = Math.max(0, share[work.node] * runnable[work.node] - amount);
      runnable[work.node] = Math.max(0, runnable[work.node] - amount);
      share[work.node] = runnable[work.node] > 0 ? stolen / runnable[work.node] : 0;
    }
    share[to] = shareWith(to, work);
    runnable[to] += added(work);
  }

  return { share: (node) => share[node], shareOf, wanted, shareWith, move };
}
