/** The claims of one decision, in order. */

export interface Claims {
  count: number;
  machine: Int32Array;
  /** The machine's sequence number as the scheduler saw it, including its own claims. */
  sequence: Int32Array;
  /** Number of claims of the decision on each machine; 0 between decisions. */
  readonly times: Int32Array;
}

export function createClaims(machines: number): Claims {
  const times = new Int32Array(machines);
  return { count: 0, machine: new Int32Array(16), sequence: new Int32Array(16), times };
}

/** Adds a claim on a machine. */
export function note(claims: Claims, machine: number, sequence: number): void {
  if (claims.count === claims.machine.length) {
    claims.machine = twice(claims.machine);
    claims.sequence = twice(claims.sequence);
  }
  claims.machine[claims.count] = machine;
  claims.sequence[claims.count++] = sequence;
}

function twice(column: Int32Array): Int32Array {
  const longer = new Int32Array(2 * column.length);
  longer.set(column);
  return longer;
}
