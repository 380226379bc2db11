import { describe, expect, it } from "vitest";
import { replayStep } from "../../src/simulate/replay.js";
import { finishRun, simulate, startRun } from "../../src/simulate/simulate.js";
import { staysOf, staysTable, type Stay } from "../../src/simulate/stays.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";
import { tinyWorkload } from "../tiny-workload.js";

const STEP = 300;

/**
 * Whether the execution is there after everything that happens up to this time. The state learns of a
 * migration at the end of a step: of one that takes no time, in the step after it.
 */
function isThere({ from, to, came, went }: Stay, time: number, late: number): boolean {
  return (came < 0 ? from < time : from + late <= time) && (went < 0 ? to : to + late) > time;
}

describe("staysTable", () => {
  it("has a row for each machine of an execution, in both directions of a migration", () => {
    const workload = tinyWorkload({
      machines: [{}, {}],
      steps: 5,
      tasks: [
        { machine: 0, cpu: [0.2, 0.2, 0.2], memory: 0.1 },
        { lc: true, machine: 1, start: 350, end: 700, cpu: [0.1, 0.1] },
      ],
    });
    const moveOnce = ({ cluster }: { cluster: { step: number } }) =>
      cluster.step === 0 ? [{ task: 0, to: 1 }] : [];
    const run = simulate(workload, { name: "once", rebalance: (cluster) => moveOnce({ cluster }) });
    const { start, seconds } = run.migrations;
    const moved = start[0] + seconds[0];
    expect(moved).toBeGreaterThan(STEP);
    expect(staysTable(run).objects()).toEqual([
      { execution: 0, machine: 0, from: 0, to: moved, came: -1, went: 1 },
      { execution: 0, machine: 1, from: moved, to: run.tasks.ended[0], came: 0, went: -1 },
      { execution: 1, machine: 1, from: 350, to: 700, came: -1, went: -1 },
    ]);
  });

  it("leaves out executions that lost their machine, and ends at the end of the run", () => {
    const workload = tinyWorkload({
      machines: [{}, {}],
      steps: 6,
      tasks: [
        { machine: 0, cpu: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1] },
        { machine: 1, cpu: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1] },
      ],
      events: [{ time: 450, machine: 0, kind: "remove" }],
    });
    const run = simulate(workload, "no-migration", { steps: 4 });
    expect([...run.tasks.evictions]).toEqual([1, 0]);
    expect(staysOf(run)).toEqual([{ execution: 1, machine: 1, from: 0, to: 1200, came: -1, went: -1 }]);
  });

  it.each([
    ["gini-greedy", "pre-copy"],
    ["quincy-flow", "free"],
    ["random-migration", "post-copy"],
    ["no-migration", "pre-copy"],
  ] as const)("counts the tasks of every machine after every step: %s, %s", (policy, migration) => {
    const workload = generateWorkload({ machines: 12, steps: 24, seed: 5 });
    const started = startRun(workload, policy, { migration, seed: 2 });
    const counts: number[][] = [];
    for (let step = 0; step < 24; step++) {
      replayStep(started.replay, step);
      counts.push([...started.replay.state.taskCount]);
    }
    const run = finishRun(started);
    if (policy !== "no-migration") expect(run.migrations.outcome).toContain(1);
    const stays = staysOf(run);
    const late = migration === "free" ? 1 : 0;
    for (let step = 0; step < 23; step++) {
      const expected = new Array<number>(12).fill(0);
      for (const stay of stays) if (isThere(stay, (step + 1) * STEP, late)) expected[stay.machine]++;
      expect(counts[step]).toEqual(expected);
    }
  });
});
