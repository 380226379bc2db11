/**
 * The public API of the GiantVM models, `schedlab/giantvm`: the testbed, its steal-time scheduler, its
 * memory.
 */
export type { ColumnTable } from "arquero";

// The testbed and its steal-time scheduler
export { runTestbed } from "./testbed/run.js";
export { CONFIGURATIONS, type ConfigurationName } from "./testbed/configurations.js";
export { TESTBED } from "./testbed/parameters.js";
export { calibrate } from "./testbed/calibrate.js";
export { againstPublished } from "./testbed/against-published.js";
export { FIGURES as TESTBED_FIGURES } from "./testbed/published.js";
export { repeatTestbed } from "./testbed/repeat.js";
export { readDecisions } from "./decide/decisions.js";
export { publishedTable } from "./charts/against-published.js";
export { blindSpot } from "./charts/blind-spot.js";
export { decisionsOverTime } from "./charts/decisions-over-time.js";
export { giantVmDrawing } from "./charts/giantvm-drawing.js";
export { kernelGap } from "./charts/kernel-gap.js";
export { latencyTail } from "./charts/latency-tail.js";
export { pagesOverTime } from "./charts/pages-over-time.js";
export { pairedDifferences } from "./charts/paired-differences.js";
export { testbedOverTime } from "./charts/testbed-over-time.js";

// Distributed shared memory
export { PUBLISHED_KERNEL_GAP } from "./dsm/kernel.js";
export { sharingPattern } from "./dsm/patterns.js";
export { recordPages } from "./dsm/record.js";
export { checkLatencies, compareKernels, comparePatterns, thrashing } from "./dsm/study.js";
export { transportCosts, transportLatencies, type Transport } from "./dsm/transports.js";
