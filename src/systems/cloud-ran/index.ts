/**
 * The public API of the Cloud RAN, `schedlab/cloud-ran`: our reading of an unfinished thesis, which has only
 * the title of this chapter.
 */
export { SUBFRAME_POLICIES, findSubframePolicy, type SubframePolicyName } from "./registry.js";
export {
  defineSubframePolicy,
  type ArrivingSubframe,
  type BuiltInSubframePolicy,
  type ChooseCore,
  type SubframeParts,
  type SubframePolicyDefinition,
  type Subtasks,
} from "./policy.js";
export {
  bitsPerElement,
  bitsPerSymbol,
  blockBits,
  CLOUD_RAN_MODEL,
  highestRate,
  MAX_MCS,
  mcsOfLoad,
  processingTime,
  type CloudRanValues,
  type HighestRateOptions,
  type ProcessingTimeOptions,
} from "./processing.js";
export {
  drawSubframes,
  exponentialShares,
  ITERATIONS,
  subframesFromLoads,
  type LoadOptions,
  type Subframes,
  type SubframesOptions,
} from "./subframes.js";
export { partitionedMissRate, type ClosedFormOptions } from "./closed-form.js";
export { SUBFRAME_OUTCOME } from "./loop/loop.js";
export { runSubframes, type SubframeOptions, type SubframePolicyChoice, type SubframeRun } from "./run.js";
export {
  missRateByCell,
  subframePoliciesTable,
  subframesTable,
  subframeSummary,
  type SubframeSummary,
} from "./tables.js";
export { erlangB } from "../../metrics/queueing.js";
export { poolBlocking, poolSize, type Pool, type PoolSize } from "./pool.js";
export {
  cellsFromRows,
  generateCells,
  pickCells,
  type CellLoads,
  type CellRow,
  type GeneratedCellsOptions,
} from "./cells.js";
export { coresOfCells, poolingOf, sumOfLoads, type CellCoresOptions, type Pooling } from "./pooling.js";
export { cellWorkload, lostSlots, type CellWorkloadOptions } from "./cell-workload.js";
export { readLoads } from "./read-loads.js";
