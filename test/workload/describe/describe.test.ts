import { describe, expect, it } from "vitest";
import { describeWorkload } from "../../../src/workload/describe/describe.js";
import { PUBLISHED } from "../../../src/workload/usage-model/published.js";
import { generateWorkload } from "../../../src/traces/synthetic/generate.js";
import { OUTCOME, type Workload } from "../../../src/workload/workload.js";

/**
 * Two machines of CPU .5 and memory .5, four steps. From the start: an LC production task on machine 0 (CPU
 * .2) and a BE free task on machine 1 (CPU .1), to the end; a BE task arrives at 300 s on machine 1 and
 * finishes at 600 s.
 */
const TINY: Workload = {
  source: "synthetic",
  stepSeconds: 300,
  steps: 4,
  originSeconds: 600,
  lcRule: "class>=2",
  machines: {
    id: BigInt64Array.of(1n, 2n),
    cpu: Float64Array.of(0.5, 0.5),
    memory: Float64Array.of(0.5, 0.5),
    up: Uint8Array.of(1, 1),
  },
  machineEvents: {
    time: new Float64Array(0),
    machine: new Int32Array(0),
    kind: new Uint8Array(0),
    cpu: new Float64Array(0),
    memory: new Float64Array(0),
  },
  executions: {
    job: BigInt64Array.of(1n, 2n, 3n),
    index: Int32Array.of(0, 0, 0),
    taskClass: Uint8Array.of(1, 0, 0),
    priority: Uint8Array.of(9, 0, 4),
    schedulingClass: Uint8Array.of(3, 0, 0),
    submit: Float64Array.of(0, 0, 298),
    start: Float64Array.of(0, 0, 300),
    end: Float64Array.of(1200, 1200, 600),
    outcome: Uint8Array.of(OUTCOME.alive, OUTCOME.alive, OUTCOME.finish),
    cpuRequest: Float64Array.of(0.4, 0.2, 0.1),
    memoryRequest: Float64Array.of(0.2, 0.1, 0.1),
    machine: Int32Array.of(0, 1, 1),
    initial: Uint8Array.of(1, 1, 0),
    measured: new Uint8Array(3),
  },
  usage: {
    offsets: Int32Array.of(0, 4, 8, 9),
    firstStep: Int32Array.of(0, 0, 1),
    cpu: Float32Array.of(0.2, 0.2, 0.2, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1),
    memory: Float32Array.of(0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.05),
  },
  provenance: { inputs: [], options: {}, usage: "modelled", report: {} },
};

describe("describeWorkload", () => {
  const rows = describeWorkload(TINY);
  const values = new Map(rows.map((row) => [`${row.section}/${row.statistic}`, row.value]));

  it.each([
    ["machines/up when it begins", 2],
    ["machines/CPU capacity", 1],
    ["machines/share of shape 0.5/0.5", 1],
    ["start/running tasks", 2],
    ["start/tasks per machine", 1],
    ["start/machines with LC and BE tasks (class>=2)", 0],
    ["start/share of tasks, prod", 0.5],
    ["start/CPU requested", 0.6],
    ["start/CPU requested, LC (class>=2)", 0.4],
    ["start/memory requested", 0.3],
    // Two machines at .8 and .4: |.8 - .4| x 2 / (2 x 4 x .6).
    ["start/Gini of CPU requested", 1 / 6],
    ["start/CPU request, 50 %", 0.2],
    // One task in 2 machines x 1/3 hour.
    ["arrivals/new tasks per machine and hour", 1.5],
    ["arrivals/share of executions, beb", 1],
    ["arrivals/scheduling delay, median", 2],
    ["durations/beb, 50 %", 300],
    ["durations/beb, over an hour", 0],
    ["durations/prod, 50 %", null],
    ["ends/finish", 1],
    // (4 x .2 + 4 x .1 + .1) / 4 steps.
    ["use/CPU used", 0.325],
    ["use/CPU used, first step", 0.3],
    ["use/memory used", 0.1625],
    ["use/CPU requested", 0.625],
    ["use/CPU used over requested, prod", 0.5],
    ["use/CPU used over requested, beb", 1],
    ["use/production CPU, highest hour of the day over lowest", null],
    ["balance/Gini of CPU, first step", 1 / 6],
    // 0 in the step in which both use .2, 1/6 in the other three.
    ["balance/Gini of CPU, mean of steps", 0.125],
    ["balance/CPU of a machine, 5 %", 0.2],
    ["balance/CPU of a machine, 95 %", 0.4],
    // Machine 1 moves by .2 twice, machine 0 never: sqrt(2 x .04 / 6).
    ["balance/change of a machine's CPU in 300 s, sd", Math.sqrt(0.08 / 6)],
  ])("%s is %d", (statistic, value) => {
    expect(values.has(statistic)).toBe(true);
    if (value === null) expect(values.get(statistic)).toBeNull();
    else expect(values.get(statistic)).toBeCloseTo(value, 6);
  });

  it("puts the published value and its source beside", () => {
    const row = rows.find(({ statistic }) => statistic === "CPU requested, prod");
    expect(row).toMatchObject({ section: "start", published: 0.732, unit: "of capacity" });
    expect(row?.source).toMatch(/time 0/);
    expect(rows[0]).toMatchObject({ published: null, source: null });
  });

  it("has a row for every published statistic but the shapes that a workload lacks", () => {
    const missing = Object.keys(PUBLISHED).filter((name) => !values.has(name));
    expect(missing.filter((name) => !name.startsWith("machines/share of shape"))).toEqual([]);
  });

  it("copes with a workload without arrivals or without tasks", () => {
    for (const options of [
      { arrivalsPerMachineHour: 0 },
      { arrivalsPerMachineHour: 0, tasksPerMachine: 0 },
    ]) {
      const found = describeWorkload(generateWorkload({ machines: 2, steps: 3, ...options }));
      for (const { value } of found) expect(value === null || Number.isFinite(value)).toBe(true);
    }
  });
});
