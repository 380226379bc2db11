/** Event types of task_events and job_events. */
export const EVENT = {
  submit: 0,
  schedule: 1,
  evict: 2,
  fail: 3,
  finish: 4,
  kill: 5,
  lost: 6,
  updatePending: 7,
  updateRunning: 8,
} as const;

/** The code of `schedulingClass` if the trace gives none. */
export const NO_CLASS = 255;
