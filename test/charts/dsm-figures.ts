/** One small figure of every chart of distributed shared memory. */
import { kernelGap, sharingPatterns, thrashingByWrites, transportLatency } from "../../src/charts/dsm.js";
import type { Figure } from "../../src/charts/figure.js";
import { compareKernels, comparePatterns, thrashing } from "../../src/giantvm/dsm/study.js";

const ABOUT = { en: "4 nodes.", zh: "4 个节点。" };

export const DSM_FIGURES: readonly Figure[] = [
  transportLatency(),
  sharingPatterns(comparePatterns({ accesses: 2000 }), ABOUT),
  thrashingByWrites(thrashing([0.001, 0.01, 0.1, 1], { accesses: 500 }), ABOUT),
  kernelGap(
    compareKernels({ sharing: [0, 0.01, 0.03, 0.05], nodes: [2, 4], transport: "rdma" }, { requests: 10 }),
    ABOUT,
  ),
];
