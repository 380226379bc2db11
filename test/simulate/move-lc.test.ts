/** `moveLatencyCritical`: the one switch by which every policy moves LC tasks. */
import { describe, expect, it } from "vitest";
import { POLICIES } from "../../src/policies/index.js";
import { carryingCapacity, giniOverTime, type Run } from "../../src/index.js";
import { on, run } from "../policies/hand-made.js";
import { tinyWorkload } from "../tiny-workload.js";

/** Two hot machines and four colder ones; no machine is full, so that both classes get what they want. */
const tasksOf = (lc: boolean) => [
  ...[0.3, 0.25, 0.2, 0.15].map((cpu) => on(0, cpu, lc)),
  ...[0.35, 0.3, 0.2].map((cpu) => on(1, cpu, lc)),
  ...[0.1, 0.05].map((cpu) => on(2, cpu, lc)),
  on(3, 0.04, lc),
];
const options = { machines: 6, steps: 20 };

const workloadOf = () =>
  tinyWorkload({
    machines: [{}, {}],
    tasks: [on(0, 0.1, true), on(1, 0.1, true), on(0, 0.1), on(1, 0.1)].map((task) => ({
      ...task,
      cpu: [0.1, 0.1],
    })),
    steps: 2,
  });
const movable = { ...options, model: { moveLatencyCritical: 1 } };
const movesOf = ({ migrations }: Run): number[][] =>
  Array.from(migrations.execution, (task, i) => [
    migrations.step[i],
    task,
    migrations.from[i],
    migrations.to[i],
  ]).filter(([step]) => step < 10);

describe("moveLatencyCritical", () => {
  it.each(POLICIES.map(({ name }) => name))(
    "%s moves LC tasks where they may move, as best-effort tasks",
    (name) => {
      const asBestEffort = run(name, tasksOf(false), options);
      expect(movesOf(run(name, tasksOf(true), movable))).toEqual(movesOf(asBestEffort));
      const stays = run(name, tasksOf(true), options);
      expect(movesOf(stays)).toEqual([]);
      // Where they may not, a policy does not even ask.
      expect(stays.counts.refused.latencyCritical).toBe(0);
    },
  );

  it("changes something: most policies with a rule for moves do move", () => {
    const moving = POLICIES.filter(({ name }) => movesOf(run(name, tasksOf(true), movable)).length > 0);
    expect(moving.length).toBeGreaterThan(25);
  });

  it("changes nothing where no task is LC", () => {
    for (const name of ["gini-greedy", "thr-mc", "thr-mmt-consolidate", "koord"])
      expect(run(name, tasksOf(false), movable).steps).toEqual({
        ...run(name, tasksOf(false), options).steps,
        giniBound: expect.anything() as unknown,
      });
  });

  it("has no bound that takes LC work as fixed", () => {
    const bound = ({ steps }: Run): number[] => [...steps.giniBound];
    expect(bound(run("no-migration", tasksOf(true), options)).every((value) => value >= 0)).toBe(true);
    const moves = run("no-migration", tasksOf(true), movable);
    expect(bound(moves).every(Number.isNaN)).toBe(true);
    expect(moves.summary.giniBound).toBeNaN();
    const chart = giniOverTime([moves]);
    expect(chart.table.columns[0].values).not.toContain("bound");
    // Utilizations .9, .85, .15, .04, 0, 0.
    expect(chart.says!.en).toBe("Gini, mean over time: 0.62 under no-migration.");
  });

  it("has no capacity of perfectly even work, which takes LC work as fixed", async () => {
    const found = await carryingCapacity(
      {
        trace: { tiny: workloadOf() },
        policies: ["no-migration"],
        set: { moveLatencyCritical: 1 },
      },
      { levels: [0.05], max: 2, precision: 0.2 },
    );
    const rows = found.objects() as { policy: string; factor: number; limit: string }[];
    const of = (policy: string) => rows.find((row) => row.policy === policy)!;
    expect(of("perfectly-even")).toMatchObject({ factor: NaN, limit: "undefined" });
    expect(of("no-migration").factor).toBeGreaterThan(0);
  });
});
