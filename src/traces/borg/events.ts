/**
 * Events of tasks, as both Google traces record them. Times are in microseconds of trace time; NaN and -1
 * mean that the trace gives no value.
 */
export type EventValues = {
  readonly time: Float64Array;
  readonly type: Uint8Array;
  readonly machine: BigInt64Array;
  readonly schedulingClass: Uint8Array;
  readonly priority: Uint16Array;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
};

/** `task` is the number of a task in `TaskNumbers`. */
export type EventColumns = EventValues & { readonly task: Int32Array };
