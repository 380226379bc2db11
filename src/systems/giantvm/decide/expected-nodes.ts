/** What steal to expect on a node once work has come or gone. */
import type { Work } from "./decider.js";
import type { WeighedReading } from "./readings.js";

export interface ExpectedNodes {
  /** Share of its runnable time that a node loses, planned moves included. */
  readonly share: (node: number) => number;
  /** Share that the work loses where it runs; on several nodes, the mean of those that are known. */
  readonly shareOf: (work: Work) => number;
  /** CPUs' worth of time that the work would use were nothing stolen, at most the CPUs where it runs. */
  readonly wanted: (work: Work) => number;
  /** Share of what is wanted on a node that it would not get once the work is there too. */
  readonly shareWith: (node: number, work: Work) => number;
  /** Plans a move. */
  readonly move: (work: Work, to: number) => void;
}

/**
 * Returns what to expect of nodes with these readings and smoothed steal shares. A share of NaN is unknown
 * and taken to be `unknown`; a node without a reading is taken to give nothing.
 *
 * Work that leaves is not missed by the host, which serves its own first: what was stolen shrinks by as much
 * as the work wanted. Work that comes finds 1 - steal of the node's CPUs, of which those that run there
 * already have a part. What more the host would take is not known before it happens: smoothing and back-off
 * are for that.
 */
export function expectNodes(
  readings: readonly WeighedReading[],
  shares: readonly number[],
  unknown: number,
): ExpectedNodes {
  const share = shares.map((value, node) =>
    readings[node].cpus === 0 ? 1 : Number.isNaN(value) ? unknown : value,
  );
  /** CPUs' worth of time in which something ran or wanted to. */
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

  /** What it brings to a node: of work on several nodes, an equal part is there already. */
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
