/** Mesos's sorter of clients (roles, or the frameworks of a role): `master/allocator/mesos/sorter/drf`. */

/** Amounts are CPU and memory. */
export interface Client {
  readonly name: string;
  readonly weight: number;
  /** Amounts that its tasks use, and amounts that it is offered. */
  readonly used: [number, number];
  readonly offered: [number, number];
  /** How often something was allocated to it. */
  allocations: number;
}

/** Returns the client's dominant share of the total, divided by its weight. */
export function shareOf({ used, offered, weight }: Client, total: readonly [number, number]): number {
  const cpu = total[0] > 0 ? (used[0] + offered[0]) / total[0] : 0;
  const memory = total[1] > 0 ? (used[1] + offered[1]) / total[1] : 0;
  return Math.max(0, cpu, memory) / weight;
}

/**
 * Returns a number below 0 where `a` gets offers before `b`: first by the least share, then by the fewest
 * allocations so far, then by name.
 */
export function compareClients(a: Client, b: Client, total: readonly [number, number]): number {
  return (
    shareOf(a, total) - shareOf(b, total) ||
    a.allocations - b.allocations ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  );
}
