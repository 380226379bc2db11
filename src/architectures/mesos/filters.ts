/** Filters: amounts that a framework has refused, or smaller ones, are not offered to it for some time. */

/** A filter for each agent. It is valid where `stamp` is `epoch`, so that a new epoch drops all filters. */
export interface Filters {
  epoch: number;
  /** Number of filters that were set since all were dropped. */
  count: number;
  readonly stamp: Int32Array;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  /** A filter lasts until this time, and at least through the allocation after the one with this number. */
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

/** Whether a filter withholds these amounts of an agent in the allocation with this number. */
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
