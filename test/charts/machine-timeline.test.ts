import { describe, expect, it } from "vitest";
import { machineTimeline } from "../../src/charts/machine-timeline.js";
import { simulate } from "../../src/simulate/simulate.js";
import { tinyWorkload } from "../tiny-workload.js";

const workload = tinyWorkload({
  machines: [{}, {}, {}],
  steps: 6,
  tasks: [
    { lc: true, machine: 0, initial: true, cpu: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5] },
    { machine: 0, initial: true, cpu: [0.25, 0.25, 0.25, 0.25, 0.25, 0.25], memory: 0.01 },
    { machine: 1, start: 600, end: 900, cpu: [0.1] },
  ],
});
const still = simulate(workload, "no-migration", { keepMachines: true });
const moving = simulate(
  workload,
  { name: "mover", rebalance: ({ step }) => (step === 0 ? [{ task: 1, to: 2 }] : []) },
  { keepMachines: true },
);

function column(figure: ReturnType<typeof machineTimeline>, name: string): readonly unknown[] {
  return figure.table.columns.find((one) => one.name === name)!.values;
}

describe("machineTimeline", () => {
  it("draws the machine that most tasks left, its tasks in each run, and where they went", () => {
    const figure = machineTimeline([still, moving], workload);
    expect(figure.title.en).toBe("The tasks of machine 0");
    expect(figure.data.slice(0, 4).map(({ y }) => y)).toEqual([[0], [1], [null], [null]]);
    const moved = moving.migrations.start[0] + moving.migrations.seconds[0];
    const [, be, , went] = figure.data.slice(4, 8);
    expect(be).toMatchObject({ base: [0], x: [moved / 3600], y: [1] });
    expect(went).toMatchObject({ x: [moved / 3600], y: [1], text: ["2"] });
    expect(figure.says?.en).toMatch(
      /^Machine 0: under no-migration, no task moves \(mean load 75 %\); under mover, 1 task leaves and 0 come /,
    );
  });

  it("draws what comes to a machine, and a machine without tasks", () => {
    const target = machineTimeline([moving], workload, { machine: 2 });
    expect(target.data[2]).toMatchObject({ text: ["0"] });
    expect(column(target, "execution").slice(0, 1)).toEqual([1]);
    const empty = machineTimeline([still], workload, { machine: 2 });
    expect(empty.data.slice(0, 4).map(({ x }) => x)).toEqual([[null], [null], [null], [null]]);
  });

  it("takes the most loaded machine where nothing moved, and works without keepMachines", () => {
    expect(machineTimeline([still], workload).title.en).toBe("The tasks of machine 0");
    const plain = simulate(workload, "no-migration");
    const figure = machineTimeline([plain], workload);
    expect(figure.title.en).toBe("The tasks of machine 0");
    expect(figure.data).toHaveLength(4);
    expect(figure.says?.en).toBe("Machine 0: under no-migration, no task moves.");
  });

  it("says how many tasks are missing because they lost a machine", () => {
    const falling = {
      ...workload,
      ...tinyWorkload({
        machines: [{}, {}],
        steps: 4,
        tasks: [{ machine: 0, cpu: [0.1, 0.1, 0.1, 0.1] }],
        events: [{ time: 450, machine: 0, kind: "remove" }],
      }),
    };
    const { provenance } = machineTimeline([simulate(falling, "no-migration")], falling, { machine: 1 });
    expect(provenance?.en).toContain("(1 in the cluster)");
  });

  it("refuses what it cannot draw", () => {
    expect(() => machineTimeline([], workload)).toThrow("no run to draw");
    expect(() => machineTimeline([still], workload, { machine: 3 })).toThrow(
      "invalid machine: 3; the workload has 0 to 2",
    );
    const other = tinyWorkload({ machines: [{}], steps: 1, tasks: [{ cpu: [0.1] }] });
    expect(() => machineTimeline([still], other)).toThrow("the run of no-migration is of another workload");
  });
});
