/**
 * The distributions from which the generator draws: summaries of the real trace, without any of its rows.
 * "Twentieths" are the means of twenty equal parts of the sorted values, so that a uniform choice keeps the
 * mean and the steps of the real distribution (many tasks request exactly 0.0125 or 0.0625).
 *
 * Sources: clusterdata-2011-2, tasks running at time 0 (RESIDENT_TASKS: CPU on its 11,563 machines of CPU
 * 0.5, memory on its 6,672 machines of CPU 0.5 and memory 0.5), and task events of the first 5.57 hours (the
 * other tables).
 */
import type { Tier } from "../../workload/tier.js";
import type { QuantileTable, Shares } from "./quantiles.js";

/** Tasks of one tier and scheduling class that are running when the trace begins. */
export interface ResidentCell {
  readonly tier: Tier;
  readonly schedulingClass: number;
  /** Number of tasks on a machine of CPU 0.5. */
  readonly tasksPerMachine: number;
  /** Shares of tasks by priority. */
  readonly priorities: Shares;
  readonly cpuTwentieths: readonly number[];
  readonly memoryTwentieths: readonly number[];
}

// prettier-ignore
export const RESIDENT_TASKS: readonly ResidentCell[] = [
  { tier: "free", schedulingClass: 0, tasksPerMachine: 2.6299, priorities: [[0, 0.844], [1, 0.156]],
    cpuTwentieths: [0.00584, 0.0123, 0.0125, 0.0125, 0.0125, 0.0125, 0.0125, 0.0125, 0.0125, 0.0125,
      0.0125, 0.0125, 0.0125, 0.0125, 0.0222, 0.0454, 0.0612, 0.0625, 0.0625, 0.0822],
    memoryTwentieths: [0.00215, 0.00682, 0.00777, 0.013, 0.0159, 0.0159, 0.0159, 0.0159, 0.0159,
      0.0159, 0.0159, 0.0159, 0.0159, 0.0159, 0.0159, 0.0161, 0.0258, 0.0318, 0.0318, 0.0392] },
  { tier: "free", schedulingClass: 1, tasksPerMachine: 0.6593, priorities: [[0, 0.881], [1, 0.119]],
    cpuTwentieths: [0.000625, 0.000625, 0.000625, 0.000625, 0.000625, 0.000625, 0.000625, 0.000625,
      0.000625, 0.000625, 0.00103, 0.0256, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0844],
    memoryTwentieths: [0.00329, 0.00386, 0.00388, 0.00388, 0.00388, 0.00388, 0.00388, 0.00388, 0.00388,
      0.00388, 0.00658, 0.0345, 0.0396, 0.0396, 0.0396, 0.0396, 0.0396, 0.0396, 0.0396, 0.0622] },
  { tier: "free", schedulingClass: 2, tasksPerMachine: 0.874, priorities: [[0, 0.206], [1, 0.794]],
    cpuTwentieths: [0.00393, 0.0146, 0.0187, 0.0187, 0.0187, 0.0187, 0.0187, 0.0187, 0.0187, 0.0187,
      0.0187, 0.0187, 0.0187, 0.0187, 0.0187, 0.0316, 0.0406, 0.0406, 0.0526, 0.0907],
    memoryTwentieths: [0.003, 0.00311, 0.00311, 0.00311, 0.00311, 0.00311, 0.00383, 0.00389, 0.00389,
      0.00389, 0.00389, 0.00466, 0.0106, 0.0166, 0.0207, 0.0207, 0.0207, 0.0264, 0.0427, 0.0896] },
  { tier: "free", schedulingClass: 3, tasksPerMachine: 0.1545, priorities: [[0, 0.058], [1, 0.942]],
    cpuTwentieths: [0.00555, 0.00775, 0.0141, 0.0187, 0.0187, 0.0187, 0.0187, 0.0264, 0.062, 0.0625,
      0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.117],
    memoryTwentieths: [0.00788, 0.0163, 0.0187, 0.0187, 0.0187, 0.021, 0.0392, 0.0544, 0.0636, 0.0636,
      0.0664, 0.0668, 0.0668, 0.0697, 0.0972, 0.0985, 0.0998, 0.117, 0.124, 0.15] },
  { tier: "beb", schedulingClass: 0, tasksPerMachine: 0.656, priorities: [[2, 0.984], [8, 0.016]],
    cpuTwentieths: [0.0061, 0.0212, 0.025, 0.025, 0.025, 0.025, 0.025, 0.0254, 0.0527, 0.0625, 0.0625,
      0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.11],
    memoryTwentieths: [0.00506, 0.0173, 0.0255, 0.0268, 0.0334, 0.0334, 0.0403, 0.0621, 0.0721, 0.0822,
      0.118, 0.118, 0.118, 0.118, 0.118, 0.118, 0.118, 0.118, 0.118, 0.119] },
  { tier: "beb", schedulingClass: 1, tasksPerMachine: 0.2556, priorities: [[2, 0.955], [8, 0.045]],
    cpuTwentieths: [0.00889, 0.0114, 0.0165, 0.0254, 0.0254, 0.0304, 0.0421, 0.0511, 0.0636, 0.0781,
      0.0781, 0.0781, 0.0852, 0.107, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125],
    memoryTwentieths: [0.00595, 0.00777, 0.00917, 0.0206, 0.027, 0.0283, 0.0317, 0.0339, 0.0391,
      0.0394, 0.0443, 0.0477, 0.0477, 0.0477, 0.0531, 0.0557, 0.0557, 0.0557, 0.0557, 0.0624] },
  { tier: "beb", schedulingClass: 2, tasksPerMachine: 0.7465, priorities: [[2, 0.868], [8, 0.132]],
    cpuTwentieths: [0.03, 0.0306, 0.0306, 0.0306, 0.0306, 0.0306, 0.0306, 0.0306, 0.0306, 0.0326,
      0.0375, 0.0484, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.115, 0.218],
    memoryTwentieths: [0.0109, 0.0132, 0.0132, 0.0132, 0.0132, 0.0132, 0.0132, 0.0132, 0.0132, 0.0132,
      0.0144, 0.016, 0.0206, 0.0343, 0.0477, 0.0477, 0.0477, 0.0477, 0.0622, 0.0725] },
  { tier: "beb", schedulingClass: 3, tasksPerMachine: 0.0856, priorities: [[2, 0.137], [8, 0.863]],
    cpuTwentieths: [0.0182, 0.0187, 0.0226, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625,
      0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.312],
    memoryTwentieths: [0.018, 0.0461, 0.0535, 0.0941, 0.0941, 0.0941, 0.0941, 0.0941, 0.0943, 0.115,
      0.117, 0.117, 0.117, 0.117, 0.118, 0.127, 0.127, 0.127, 0.127, 0.127] },
  { tier: "prod", schedulingClass: 0, tasksPerMachine: 0.0356, priorities: [[9, 0.988], [10, 0.012]],
    cpuTwentieths: [0.00225, 0.00417, 0.0111, 0.0125, 0.0125, 0.0125, 0.0125, 0.0125, 0.0125, 0.0125,
      0.0211, 0.0313, 0.0594, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.075, 0.121],
    memoryTwentieths: [0.00221, 0.00439, 0.00544, 0.00544, 0.00544, 0.00544, 0.00544, 0.00547, 0.00739,
      0.00777, 0.00829, 0.018, 0.0367, 0.0382, 0.0382, 0.0382, 0.0382, 0.0382, 0.0723, 0.123] },
  { tier: "prod", schedulingClass: 1, tasksPerMachine: 1.0371, priorities: [[9, 0.993], [10, 0.007]],
    cpuTwentieths: [0.00236, 0.00617, 0.00625, 0.00787, 0.0162, 0.0187, 0.0236, 0.0313, 0.0313, 0.0313,
      0.0313, 0.0314, 0.0549, 0.0625, 0.0676, 0.0687, 0.0687, 0.0689, 0.0813, 0.176],
    memoryTwentieths: [0.00194, 0.00309, 0.00311, 0.00392, 0.00458, 0.00746, 0.0109, 0.0261, 0.028,
      0.028, 0.028, 0.028, 0.0314, 0.047, 0.0669, 0.0732, 0.0793, 0.0796, 0.081, 0.0983] },
  { tier: "prod", schedulingClass: 2, tasksPerMachine: 1.4287, 
    priorities: [[9, 0.589], [10, 0.025], [11, 0.386]],
    cpuTwentieths: [0.00652, 0.0236, 0.0315, 0.0506, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625,
      0.0631, 0.0813, 0.0914, 0.0938, 0.0938, 0.0991, 0.149, 0.191, 0.259, 0.342],
    memoryTwentieths: [0.00498, 0.013, 0.018, 0.0249, 0.0256, 0.0256, 0.0256, 0.0256, 0.0257, 0.0313,
      0.032, 0.032, 0.0367, 0.0438, 0.0665, 0.0764, 0.125, 0.192, 0.204, 0.238] },
  { tier: "prod", schedulingClass: 3, tasksPerMachine: 1.6707, priorities: [[9, 0.986], [10, 0.014]],
    cpuTwentieths: [0.00608, 0.0186, 0.0435, 0.0619, 0.0624, 0.0625, 0.0661, 0.0806, 0.085, 0.0969,
      0.109, 0.122, 0.125, 0.125, 0.126, 0.134, 0.151, 0.17, 0.189, 0.287],
    memoryTwentieths: [0.00461, 0.0118, 0.0153, 0.0259, 0.0331, 0.0382, 0.0423, 0.0571, 0.0613, 0.0741,
      0.0764, 0.0764, 0.0764, 0.0764, 0.0881, 0.132, 0.154, 0.156, 0.208, 0.233] },
];

/** Tasks that end within an hour of their start: class, priority and requests by tier. */
export interface ShortTasks {
  readonly classes: Shares;
  readonly priorities: Shares;
  readonly cpuTwentieths: readonly number[];
  readonly memoryTwentieths: readonly number[];
}

// prettier-ignore
export const SHORT_TASKS: Readonly<Record<Tier, ShortTasks>> = {
  free: { classes: [[0, 0.438], [1, 0.023], [2, 0.538], [3, 0.001]], priorities: [[0, 0.812], [1, 0.188]],
    cpuTwentieths: [0.00508, 0.0101, 0.0125, 0.0125, 0.0125, 0.0125, 0.0147, 0.0156, 0.0156, 0.0156,
      0.0156, 0.0156, 0.0156, 0.0156, 0.0156, 0.02, 0.0329, 0.0391, 0.0584, 0.0757],
    memoryTwentieths: [0.00182, 0.0043, 0.0113, 0.0139, 0.0155, 0.0155, 0.0155, 0.0155, 0.0155, 0.0155,
      0.0155, 0.0155, 0.0155, 0.0186, 0.0284, 0.0318, 0.0318, 0.0318, 0.0318, 0.0414] },
  beb: { classes: [[0, 0.912], [1, 0.081], [2, 0.007]], priorities: [[2, 0.986], [8, 0.014]],
    cpuTwentieths: [0.00601, 0.00625, 0.00625, 0.00668, 0.00909, 0.00977, 0.0164, 0.025, 0.025, 0.025,
      0.025, 0.025, 0.025, 0.025, 0.025, 0.025, 0.0296, 0.0383, 0.0676, 0.115],
    memoryTwentieths: [0.00233, 0.00249, 0.00267, 0.00498, 0.0073, 0.00847, 0.0112, 0.016, 0.022,
      0.0254, 0.0255, 0.0283, 0.0334, 0.0334, 0.0334, 0.0334, 0.0334, 0.0366, 0.0477, 0.0675] },
  prod: { classes: [[0, 0.467], [1, 0.347], [2, 0.134], [3, 0.052]],
    priorities: [[9, 0.963], [10, 0.032], [11, 0.005]],
    cpuTwentieths: [0.00312, 0.00312, 0.00312, 0.00552, 0.00625, 0.00625, 0.00625, 0.00625, 0.00625,
      0.0228, 0.0561, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.0625, 0.105],
    memoryTwentieths: [0.000155, 0.000155, 0.000155, 0.00134, 0.00437, 0.00622, 0.00622, 0.00622,
      0.00622, 0.00622, 0.00622, 0.00676, 0.00836, 0.0109, 0.0109, 0.0109, 0.0166, 0.0325, 0.0778, 0.124] },
};

/** Shares of new tasks by tier. */
export const NEW_TASK_SHARES: Readonly<Record<Tier, number>> = { free: 0.222, beb: 0.769, prod: 0.009 };

/**
 * Executions per new task (number of SCHEDULE events over number of new tasks). Above 1, because tasks are
 * executed again after EVICT, FAIL or KILL.
 */
export const EXECUTIONS_PER_TASK: Readonly<Record<Tier, number>> = { free: 2.47, beb: 1.035, prod: 2.2 };

/** Shares of the causes of ends, for executions that began and ended within the 5.57 hours. */
export const END_SHARES: Readonly<
  Record<
    Tier,
    { readonly evict: number; readonly fail: number; readonly finish: number; readonly kill: number }
  >
> = {
  free: { evict: 0.158, fail: 0.099, finish: 0.143, kill: 0.6 },
  beb: { evict: 0.001, fail: 0.011, finish: 0.858, kill: 0.13 },
  prod: { evict: 0.002, fail: 0.517, finish: 0.302, kill: 0.179 },
};

/**
 * Duration of an execution in seconds, by tier. Up to 5 hours: Kaplan-Meier quantiles. Beyond: our
 * assumption, chosen so that the arrivals keep the number of running tasks of each tier constant. The last
 * knot is the longest execution.
 */
// prettier-ignore
export const EXECUTION_SECONDS: Readonly<Record<Tier, QuantileTable>> = {
  free: [[0, 2], [0.01, 14.6], [0.05, 20.4], [0.1, 24], [0.2, 29.2], [0.25, 34.6], [0.3, 48.2], [0.4,
    130], [0.5, 931], [0.5595, 3600],
    [0.6, 5639], [0.7, 9726], [0.75, 11560], [0.7805, 18000], [0.9, 42000], [0.97, 90000], [0.995,
      170000], [1, 300000]],
  beb: [[0, 2], [0.01, 25.4], [0.05, 60.6], [0.1, 85.6], [0.2, 151], [0.25, 173], [0.3, 195], [0.4,
    269], [0.5, 379], [0.6, 496], [0.7, 645],
    [0.75, 758], [0.8, 920], [0.9, 1980], [0.9512, 3600], [0.97, 5096], [0.99, 9973], [0.9924, 18000],
      [0.996, 180000], [0.999, 720000], [1, 2500000]],
  prod: [[0, 2], [0.01, 15.9], [0.05, 20.8], [0.1, 23.3], [0.2, 27.7], [0.25, 30.2], [0.3, 35.3], [0.4,
    211], [0.5, 422], [0.5919, 3600],
    [0.6, 6227], [0.7, 6358], [0.7411, 18000], [0.85, 80000], [0.95, 250000], [1, 1000000]],
};

/** Seconds from SUBMIT to SCHEDULE. */
// prettier-ignore
export const SCHEDULING_DELAY_SECONDS: QuantileTable = [
  [0, 0.5], [0.01, 0.7], [0.1, 0.9], [0.25, 1.51], [0.5, 1.94], [0.75, 3], [0.9, 10.6], [0.95, 33.6],
    [0.99, 180], [1, 2000],
];

/**
 * Number of tasks of an arriving job in the whole cell, limited to 1,200 (the largest observed job had
 * 4,000).
 */
// prettier-ignore
export const NEW_TASKS_PER_JOB: Readonly<Record<Tier, QuantileTable>> = {
  free: [[0, 1], [0.93, 1], [0.95, 8], [0.97, 31], [0.98, 38], [0.99, 489], [1, 1200]],
  beb: [[0, 1], [0.7, 1], [0.75, 9], [0.8, 11], [0.85, 16], [0.9, 50], [0.95, 189], [0.97, 399], [0.98,
    602], [0.99, 1050], [1, 1200]],
  prod: [[0, 1], [0.93, 1], [0.95, 3], [0.97, 12], [0.98, 41], [0.99, 120], [1, 128]],
};

/** Number of running tasks of a job in the whole cell when the trace begins. */
// prettier-ignore
export const RESIDENT_TASKS_PER_JOB: Readonly<Record<Tier, QuantileTable>> = {
  free: [[0, 1], [0.75, 2], [0.9, 10], [0.95, 45], [0.99, 800], [1, 3000]],
  beb: [[0, 1], [0.5, 1], [0.75, 32], [0.9, 100], [0.95, 270], [0.99, 800], [1, 4400]],
  prod: [[0, 1], [0.5, 1], [0.75, 5], [0.9, 30], [0.95, 100], [0.99, 340], [1, 3900]],
};

/**
 * Job arrivals by weekday from Sunday, divided by their mean, and the amplitude over a day (maximum at 19 h,
 * minimum at 7 h EDT).
 */
export const JOBS_BY_WEEKDAY: readonly number[] = [0.82, 0.907, 1.063, 1.04, 1.219, 1.112, 0.862];
/**
 * Variation of the hourly arrivals beyond this: lognormal with this sigma and this correlation between hours.
 */
export const HOURLY_ARRIVALS = { sigma: 0.28, correlation: 0.69, dailySwing: 0.12 } as const;
