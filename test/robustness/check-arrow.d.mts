/** See check-arrow.mjs. */
import type { Workload } from "../../src/workload/workload.js";

export function checkArrow(options: {
  files: readonly Uint8Array[];
  count: number;
  random: () => number;
  folder: string;
  modules: object;
  onProgress?: (done: number) => void;
}): Promise<{ opened: number; refused: number; simulated: number; slowest: number }>;

export function faultOf(workload: Workload): string | undefined;

/** @param workloadOf Of scenarios.mjs. */
export function smallWorkload(workloadOf: unknown): Workload;
