import { describe, expect, it, vi } from "vitest";
import { createPolicy } from "../../src/policies/index.js";
import {
  chooseMetrics,
  findMetric,
  METRICS,
  RUN_METRICS,
  STEP_METRICS,
  type MetricChoice,
} from "../../src/simulate/metrics/catalogue.js";
import type { Metric } from "../../src/simulate/metrics/metric.js";
import { simulate } from "../../src/simulate/simulate.js";
import { stepsTable, summaryTable } from "../../src/simulate/tables.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";

const workload = generateWorkload({ machines: 12, steps: 8, seed: 3 });
const policy = (): ReturnType<typeof createPolicy> => createPolicy("threshold");

/** The busiest machine of a step, and the busiest step of the run. */
const hottest = {
  name: "hottest",
  label: "Hottest machine",
  description: "highest utilization of a machine",
  unit: "%",
  scale: 100,
  better: "less",
  step: ({ utilization }) => Math.max(...utilization),
} as const satisfies Metric;
const busiest = {
  name: "busiest",
  label: "Busiest step",
  description: "number of the step with the highest utilization",
  needs: ["utilization"],
  run: ({ steps }) => steps.utilization.indexOf(Math.max(...steps.utilization)),
} as const satisfies Metric;

describe("a user's own metrics", () => {
  const run = simulate(workload, policy(), { metrics: [hottest, busiest], keepMachines: true });

  it("appear with the built-in metrics in steps and summary", () => {
    expect(stepsTable(run).columnNames()).toEqual(["step", "time", ...STEP_METRICS, "hottest"]);
    expect(summaryTable([run]).columnNames()).toEqual(["policy", ...RUN_METRICS, "hottest", "busiest"]);
  });

  it("are computed from the loads of each step and from the finished run", () => {
    const { machines, cpu } = run.machines!;
    const highest = Array.from(run.steps.hottest, (_, step) =>
      Math.max(...cpu.subarray(step * machines, (step + 1) * machines)),
    );
    expect(Array.from(run.steps.hottest, Math.fround)).toEqual(highest);
    const mean = run.steps.hottest.reduce((sum, value) => sum + value, 0) / run.steps.hottest.length;
    expect(run.summary.hottest).toBeCloseTo(mean, 12);
    const sorted = [...run.steps.utilization].sort((a, b) => b - a);
    expect(run.steps.utilization[run.summary.busiest]).toBe(sorted[0]);
  });

  it("do not change the built-in metrics", () => {
    const plain = simulate(workload, policy());
    expect(run.steps.gini).toEqual(plain.steps.gini);
    expect({ ...run.summary, hottest: 0, busiest: 0 }).toEqual({ ...plain.summary, hottest: 0, busiest: 0 });
  });
});

describe("a metric that changes its input", () => {
  const sorter: Metric = {
    ...hottest,
    name: "sorter",
    step: ({ utilization, sortedUtilization, up, tails }) => {
      up.reverse();
      utilization.fill(0);
      Object.assign(tails, { load: 0, violated: 1 });
      return sortedUtilization.fill(0)[0];
    },
    run: ({ steps, tasks, migrations: moves, meanUtilization, workload: { executions, usage } }) => {
      for (const column of [
        steps.gini,
        tasks.ended,
        moves.bytes,
        meanUtilization,
        usage.cpu,
        executions.start,
      ])
        column.fill(0);
      return 0;
    },
  };

  it("changes no other metric, no table and no workload", () => {
    const before = structuredClone({ executions: workload.executions, usage: workload.usage });
    // Two metrics follow: one reads `up`, one reads the tails.
    const first: Metric = { ...hottest, name: "first", step: ({ up }) => up[0] };
    const tails: Metric = {
      ...hottest,
      name: "tails",
      step: ({ tails: { load, violated } }) => load + violated,
    };
    const plain = simulate(workload, policy(), { metrics: [hottest, first, tails] });
    const sorted = simulate(workload, policy(), { metrics: [sorter, hottest, first, tails] });
    expect(sorted.steps).toEqual({ ...plain.steps, sorter: sorted.steps.sorter });
    expect(sorted.summary).toEqual({ ...plain.summary, sorter: 0 });
    expect(sorted.tasks).toEqual(plain.tasks);
    expect(sorted.migrations).toEqual(plain.migrations);
    expect({ executions: workload.executions, usage: workload.usage }).toEqual(before);
  });
});

describe("a metric with a range", () => {
  it("is the nearest bound where rounding alone led out of it", () => {
    const range = [0, 1] as const;
    const above: Metric = { ...hottest, name: "above", range, step: () => 1 + 1e-12 };
    const below: Metric = { ...busiest, name: "below", range, run: () => -1e-12 };
    const undefinedOne: Metric = { ...hottest, name: "none", range, step: () => NaN };
    const run = simulate(workload, policy(), { metrics: [above, below, undefinedOne] });
    expect(run.steps.above[0]).toBe(1);
    expect(run.summary.below).toBe(0);
    expect(run.steps.none[0]).toBeNaN();
  });
});

describe("a choice of built-in metrics", () => {
  it.each([
    [["gini"]],
    [["lcTail", "lcHarmed"]],
    [["giniUnbiased"]],
    [["balancedShare", "migrations"]],
  ] as const)("gives %j alone, with the figures that it has among all", (names: readonly MetricChoice[]) => {
    const all = simulate(workload, policy());
    const some = simulate(workload, policy(), { metrics: names });
    expect(Object.keys(some.summary)).toEqual(["policy", ...names]);
    const steps = STEP_METRICS.filter((name) => names.includes(name));
    expect(Object.keys(some.steps)).toEqual(["step", "time", ...steps]);
    for (const name of steps) expect((some.steps as typeof all.steps)[name]).toEqual(all.steps[name]);
    expect({ ...all.summary, ...some.summary }).toEqual(all.summary);
  });

  it("is checked by the compiler", () => {
    const { summary } = simulate(workload, policy(), { metrics: ["gini", hottest] });
    expect(summary.gini + summary.hottest).toBeGreaterThan(0);
    // @ts-expect-error: not among those asked for
    expect(summary.utilization).toBeUndefined();
  });

  it("computes only the chosen metrics", () => {
    const counted = vi.spyOn(findMetric("giniBound") as Required<Metric>, "step");
    simulate(workload, policy(), { metrics: ["gini"] });
    expect(counted).not.toHaveBeenCalled();
    simulate(workload, policy(), { metrics: ["giniBound"] });
    expect(counted).toHaveBeenCalledTimes(workload.steps);
    counted.mockRestore();
  });
});

describe("invalid metrics", () => {
  const invalid = (change: object): MetricChoice => ({ ...hottest, ...change });
  it.each([
    [["ginni"], "unknown metric: ginni (did you mean gini?"],
    [["gini", "gini"], "two metrics called gini"],
    [[invalid({ name: "gini" })], "two metrics called gini"],
    [[invalid({ name: "seed" })], "invalid metric seed: a column of the tables has this name"],
    [[invalid({ name: "a b" })], "invalid metric a b: give it a name of letters and digits"],
    [[invalid({ name: undefined })], "invalid metric: give it a name"],
    [[invalid({ label: undefined })], "invalid metric hottest: give it a label"],
    [[invalid({ description: 3 })], "invalid metric hottest: give it a description"],
    [[invalid({ step: undefined })], "invalid metric hottest: give it a function"],
    [[invalid({ name: "usage" })], "invalid metric usage: a column of the tables has this name"],
    [[invalid({ better: "lower" })], "invalid metric hottest: its better must be less or more"],
    [[invalid({ scale: "100" })], "invalid metric hottest: its scale must be a number other than 0"],
    [[invalid({ scale: 0 })], "invalid metric hottest: its scale must be a number other than 0"],
    [[invalid({ unit: 5 })], "invalid metric hottest: its unit must be a text"],
    [[invalid({ run: "None" })], 'invalid metric hottest: its run must be a function or "none"'],
    [[invalid({ range: [1, 0] })], "invalid metric hottest: its range must be a list of the least and"],
    [[invalid({ range: 1 })], "invalid metric hottest: its range must be"],
    [[invalid({ needs: "gini" })], "invalid metric hottest: its needs must be a list of names"],
    [[invalid({ betetr: "less" })], "unknown key of metric hottest: betetr (did you mean better?)"],
    [[invalid({ step: undefined, run: "none" })], "invalid metric hottest: give it a function"],
  ])("%j: %s", (choices, message) => {
    expect(() => chooseMetrics(choices as readonly MetricChoice[])).toThrow(message);
  });

  it("give an error if their value is not a number", () => {
    const words: Metric = { ...busiest, run: () => "much" as unknown as number };
    expect(() => simulate(workload, policy(), { metrics: [words] })).toThrow(
      "metric busiest gave much for the run",
    );
    const steps: Metric = { ...hottest, step: () => undefined as unknown as number };
    expect(() => simulate(workload, policy(), { metrics: [steps] })).toThrow(
      "metric hottest gave undefined in step 0",
    );
    const infinite: Metric = { ...hottest, step: () => Infinity };
    expect(() => simulate(workload, policy(), { metrics: [infinite] })).toThrow(
      "metric hottest gave Infinity in step 0",
    );
    const outside: Metric = { ...hottest, range: [0, 1], step: () => 1.5 };
    expect(() => simulate(workload, policy(), { metrics: [outside] })).toThrow(
      "metric hottest gave 1.5 in step 0; give a number from 0 to 1, NaN where it is not defined",
    );
    const throwing: Metric = {
      ...hottest,
      step: () => {
        throw new RangeError("too hot");
      },
    };
    expect(() => simulate(workload, policy(), { metrics: [throwing] })).toThrow(
      "metric hottest failed in step 0: too hot",
    );
    const lacking: Metric = { ...busiest, needs: ["utilisation"] };
    expect(() => simulate(workload, policy(), { metrics: [lacking] })).toThrow(
      "unknown metric: utilisation (did you mean utilization?",
    );
  });
});

describe("the catalogue", () => {
  it("describes every metric, in two languages", () => {
    for (const { name, label, description } of METRICS) {
      expect(label, name).toHaveProperty("zh");
      expect(description.length, name).toBeGreaterThan(3);
    }
  });
});
