/** The columns of the tasks on machines. */

/**
 * Tasks on machines, one row per slot. A free slot has machine -1. Growing replaces the arrays, so do not
 * keep references to them.
 */
export interface Slots {
  /** Slots in use lie below this row. */
  high: number;
  execution: Int32Array;
  machine: Int32Array;
  latencyCritical: Uint8Array;
  /**
   * The task's sample of step s is row `origin` + s of the usage columns, so a task that gets all CPU that it
   * wants needs no update.
   */
  origin: Int32Array;
  /** Step of the task's last sample. */
  lastStep: Int32Array;
  /** 1 for best-effort work that once got less than it wanted. */
  behind: Uint8Array;
  /** Part of the sample that is done when a step begins: 0 unless the task is behind. */
  done: Float64Array;
  /** CPU that the task gets, if its machine is contended or the task migrates. */
  served: Float64Array;
  /** CPU that the task wanted, smoothed, up to the step `observedTo` (`observedCpu`). */
  observed: Float64Array;
  observedTo: Int32Array;
  memory: Float64Array;
  cpuRequest: Float64Array;
  /** Step of the task's placement and of its last migration (-Infinity: none). */
  placedAt: Int32Array;
  movedAt: Float64Array;
  /** 1 while the task migrates. */
  migrating: Uint8Array;
  /** Neighbours in the list of the machine's tasks, -1 at the ends. */
  next: Int32Array;
  previous: Int32Array;
  /** The same in the list of the tasks whose last sample is that of one step. */
  nextEnding: Int32Array;
  previousEnding: Int32Array;
}

/** Returns `size` free slots. */
export function createSlots(size: number): Slots {
  return {
    high: 0,
    execution: new Int32Array(size),
    machine: new Int32Array(size).fill(-1),
    latencyCritical: new Uint8Array(size),
    origin: new Int32Array(size),
    lastStep: new Int32Array(size),
    behind: new Uint8Array(size),
    done: new Float64Array(size),
    served: new Float64Array(size),
    observed: new Float64Array(size),
    observedTo: new Int32Array(size),
    memory: new Float64Array(size),
    cpuRequest: new Float64Array(size),
    placedAt: new Int32Array(size),
    movedAt: new Float64Array(size),
    migrating: new Uint8Array(size),
    next: new Int32Array(size),
    previous: new Int32Array(size),
    nextEnding: new Int32Array(size),
    previousEnding: new Int32Array(size),
  };
}

/** Doubles the number of slots. */
export function growSlots(slots: Slots): void {
  const { high } = slots;
  const grown = createSlots(2 * high);
  for (const [name, column] of Object.entries(slots)) {
    if (name !== "high") grown[name as Exclude<keyof Slots, "high">].set(column as Int32Array);
  }
  Object.assign(slots, grown, { high });
}
