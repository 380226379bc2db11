/** What a framework has refused: an offer of no more than that is withheld from it for a while. */

/** A filter for each agent; it counts where `stamp` is `epoch`, so that all are dropped at once. */
export interface Filters {
  epoch: number;
  /** Filters set since all were dropped. */
  count: number;
  readonly stamp: Int32Array;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  /** It lasts until the time, and at least until the allocation after the one with this number. */
  readonly until: Float64Array;
  readonly allocation: Int32Array;
}

export function createFilters(agents: number): Filters {
  return {
    epoch: 1,
    count: 0,
    stamp: new Int32Array(agents),
    cpu: new Float64Array(agents),
    memory: new Float64Array(agents),
    until: new Float64Array(agents),
    allocation: new Int32Array(agents),
  };
}

export function dropFilters(filters: Filters): void {
  filters.epoch++;
  filters.count = 0;
}

export function setFilter(
  filters: Filters,
  agent: number,
  cpu: number,
  memory: number,
  until: number,
  allocation: number,
): void {
  filters.stamp[agent] = filters.epoch;
  filters.count++;
  filters.cpu[agent] = cpu;
  filters.memory[agent] = memory;
  filters.until[agent] = until;
  filters.allocation[agent] = allocation;
}

/** Whether so much of an agent is withheld in the allocation of that number. */
export function isWithheld(
  filters: Filters,
  agent: number,
  cpu: number,
  memory: number,
  now: number,
  allocation: number,
): boolean {
  if (filters.stamp[agent] !== filters.epoch) return false;
  if (now >= filters.until[agent] && allocation > filters.allocation[agent] + 1) return false;
  return cpu <= filters.cpu[agent] && memory <= filters.memory[agent];
}
