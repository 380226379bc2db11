/** Which job of its queue a scheduler thinks about next. */
import { itemAt } from "../fifo.js";
import type { CellRun } from "./state.js";

/**
 * Returns the place in the scheduler's queue of the next job: the first one, or the first of the class that
 * uses the least CPU ("fair") or has the least dominant share ("drf"), or the job with the least estimated
 * work that is not placed yet ("srpt").
 */
export function placeOfNext(run: CellRun, scheduler: number): number {
  const { order = "fifo" } = run.parts;
  if (order === "fifo") return 0;
  const { queue } = run.schedulers[scheduler];
  let best = 0;
  let least = Infinity;
  for (let i = 0; i < queue.size; i++) {
    const value = valueOf(run, order, itemAt(queue, i));
    if (value >= least) continue;
    least = value;
    best = i;
  }
  return best;
}

function valueOf(run: CellRun, order: "fair" | "drf" | "srpt", job: number): number {
  const { cell, jobs, record, cpuOfClass, memoryOfClass } = run;
  const kind = jobs.jobClass[job];
  switch (order) {
    case "srpt":
      return record.unplaced[job] * jobs.estimate[job];
    case "fair":
      return cpuOfClass[kind];
    case "drf":
      return Math.max(cpuOfClass[kind] / cell.totalCpu, memoryOfClass[kind] / cell.totalMemory || 0);
  }
}
