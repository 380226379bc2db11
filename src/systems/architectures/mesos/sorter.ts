/** Mesos's sorter of clients (roles, or the frameworks of a role): `master/allocator/mesos/sorter/drf`. */

export interface Client {
  readonly name: string;
  readonly weight: number;
  /** What the client has, offers included: one amount per resource. */
  readonly allocated: number[];
  /** How often something was allocated to it. */
  allocations: number;
}

/** Returns the client's dominant share of the total, divided by its weight. */
export function shareOf({ allocated, weight }: Client, total: readonly number[]): number {
  let share = 0;
  for (let r = 0; r < total.length; r++) if (total[r] > 0) share = Math.max(share, allocated[r] / total[r]);
  return share / weight;
}

/**
 * Returns the clients in the order in which they are offered to: the least share first; at equal shares the
 * one with fewer allocations so far, then by name.
 */
export function sortClients<C extends Client>(clients: readonly C[], total: readonly number[]): C[] {
  const shares = new Map(clients.map((client) => [client, shareOf(client, total)]));
  return clients
    .slice()
    .sort(
      (a, b) =>
        shares.get(a)! - shares.get(b)! ||
        a.allocations - b.allocations ||
        (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
    );
}
