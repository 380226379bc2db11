/** See judge-row.mjs. */
export const COLUMNS: Readonly<
  Record<"machine_events" | "task_events" | "task_usage", readonly (readonly [string, string, object?])[]>
>;
