/**
 * Events of tasks, as both Google traces record them: times in microseconds of trace time, NaN and -1 where
 * the trace gives no value.
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

/** Tasks as `TaskNumbers` numbers them. */
export type EventColumns = EventValues & { readonly task: Int32Array };
