import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MIGRATION_MODELS } from "../../src/cluster/migration/presets.js";
import type { Sharing } from "../../src/cluster/share.js";
import { createPolicy, POLICIES } from "../../src/policies/index.js";
import type { ClusterView, Policy } from "../../src/policies/policy.js";
import { simulate, type Run } from "../../src/simulate/simulate.js";
import { LATENCY_CRITICAL, type Workload } from "../../src/workload/workload.js";
import { tinyWorkload, type TinyTask } from "../tiny-workload.js";

const STEPS = 8;
const MACHINES = 5;

const task = fc.record({
  lc: fc.boolean(),
  priority: fc.nat(3),
  step: fc.nat(STEPS - 1),
  cpu: fc.array(
    fc.integer({ min: 0, max: 8 }).map((x) => x / 16),
    { minLength: 1, maxLength: 5 },
  ),
  memory: fc.integer({ min: 1, max: 8 }).map((x) => x / 16),
  cpuRequest: fc.integer({ min: 0, max: 8 }).map((x) => x / 16),
  machine: fc.integer({ min: -1, max: MACHINES - 1 }),
});

const event = fc.record({
  time: fc.integer({ min: 1, max: STEPS * 300 - 1 }),
  machine: fc.nat(MACHINES - 1),
  kind: fc.constantFrom("add", "remove", "update" as const),
});

const scenario = fc.record({
  tasks: fc.array(task, { minLength: 1, maxLength: 40 }),
  events: fc.array(event, { maxLength: 4 }),
  policy: fc.constantFrom(...POLICIES.map(({ name }) => name)),
  sharing: fc.constantFrom<Sharing>("lc-first", "fair"),
  migration: fc.constantFrom(...MIGRATION_MODELS),
  linkGbps: fc.constantFrom(0.01, 1),
  seed: fc.nat(1000),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

function workloadOf({ tasks, events }: Pick<Scenario, "tasks" | "events">): Workload {
  return tinyWorkload({
    machines: Array.from({ length: MACHINES }, () => ({})),
    tasks: tasks
      .map(({ step, ...rest }): TinyTask => ({
        ...rest,
        start: step * 300,
        cpu: rest.cpu.slice(0, STEPS - step),
      }))
      .sort((a, b) => a.start! - b.start!),
    events: events.slice().sort((a, b) => a.time - b.time),
    steps: STEPS,
  });
}

/** The policy, with a check of the cluster at each decision. */
function watched(inner: Policy, look: (view: ClusterView) => void): Policy {
  return {
    name: inner.name,
    taskHistory: inner.taskHistory,
    ...(inner.place && { place: inner.place.bind(inner) }),
    ...(inner.control && { control: inner.control.bind(inner) }),
    rebalanceForeseeing(view, random) {
      look(view);
      return inner.rebalanceForeseeing?.(view, random) ?? inner.rebalance?.(view, random) ?? [];
    },
  };
}

function run(s: Scenario, workload: Workload, look: (view: ClusterView) => void = () => undefined): Run {
  const { sharing, migration, seed, linkGbps } = s;
  const policy = watched(createPolicy(s.policy), look);
  return simulate(workload, policy, { sharing, migration, seed, model: { linkGbps, referenceMemoryGib: 1 } });
}

describe("in every scenario", () => {
  it("no task is lost or doubled: all that arrived have ended, run, wait or expired", () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const { counts, migrations: moves, summary } = run(s, workloadOf(s));
        expect(counts.arrived).toBe(s.tasks.length);
        expect(counts.ended + counts.running + counts.waiting + counts.expired).toBe(counts.arrived);
        expect(moves.outcome.filter((outcome) => outcome === 2).length).toBe(summary.migrationsAborted);
      }),
    );
  });

  it("memory is reserved once at a target, released once at a source, and within the capacity", () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const memory = 0.125;
        const workload = workloadOf({ ...s, tasks: s.tasks.map((t) => ({ ...t, memory })) });
        /** Number of reservations beyond one per task on a machine, at the decision of each step. */
        const extra: number[] = [];
        const { steps, summary } = run(s, workload, (view) => {
          let reservations = 0;
          let tasks = 0;
          for (let m = 0; m < MACHINES; m++) {
            expect(view.freeMemory[m]).toBeGreaterThanOrEqual(0);
            reservations += (view.memoryCapacity[m] - view.freeMemory[m]) / memory;
            tasks += view.taskCount[m];
          }
          extra.push(reservations - tasks);
        });
        if (summary.migrationsAborted > 0) return;
        let underWay = 0;
        for (let step = 0; step < STEPS; step++) {
          underWay -= steps.migrationsCompleted[step];
          expect(extra[step]).toBe(underWay);
          underWay += steps.migrationsStarted[step];
        }
      }),
    );
  });

  it("best-effort work is conserved: ended tasks were served in full, except for restarts", () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const workload = workloadOf({ ...s, events: [] });
        const { steps, tasks } = run(s, workload);
        const { offsets, cpu } = workload.usage;
        let least = 0;
        let most = 0;
        for (let r = 0; r < s.tasks.length; r++) {
          if (workload.executions.taskClass[r] === LATENCY_CRITICAL) continue;
          const work = cpu.subarray(offsets[r], offsets[r + 1]).reduce((sum, x) => sum + x, 0);
          if (!Number.isNaN(tasks.ended[r])) least += work;
          if (!Number.isNaN(tasks.placed[r])) most += work;
        }
        const served = steps.beUtilization.reduce((sum, u) => sum + u * MACHINES, 0);
        expect(served).toBeGreaterThanOrEqual(least - 1e-9);
        expect(served).toBeLessThanOrEqual(most + 1e-9);
      }),
    );
  });

  it("no machine delivers more than its capacity; steal and shortfall are the CPU that is missing", () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const { steps } = run(s, workloadOf(s));
        for (let step = 0; step < STEPS; step++) {
          if (steps.machines[step] === 0) continue;
          expect(steps.utilization[step]).toBeLessThanOrEqual(1 + 1e-9);
          const missing = steps.demand[step] - steps.utilization[step];
          expect(missing).toBeGreaterThanOrEqual(-1e-9);
          expect(missing).toBeGreaterThanOrEqual(steps.steal[step] - 1e-9);
        }
      }),
    );
  });

  it("the Gini coefficient stays above the bound if machines are equal", () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const { steps } = run({ ...s, migration: "free" }, workloadOf({ ...s, events: [] }));
        for (let step = 0; step < STEPS; step++) {
          // If best-effort work got too little CPU, other placements could deliver more, so the total
          // differs.
          if (Number.isNaN(steps.gini[step]) || steps.demand[step] > steps.utilization[step] + 1e-9) continue;
          expect(steps.gini[step]).toBeGreaterThanOrEqual(steps.giniBound[step] - 1e-9);
        }
      }),
    );
  });

  it("the workload is not changed, because other threads may be reading it", () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const workload = workloadOf(s);
        const before = structuredClone(workload);
        run(s, workload);
        expect(workload).toEqual(before);
      }),
    );
  });

  it("gives the same result again", () => {
    fc.assert(
      fc.property(scenario, (s) => {
        const [a, b] = [1, 2].map(() => {
          const { timing: _timing, ...result } = run(s, workloadOf(s));
          return result;
        });
        expect(a).toEqual(b);
      }),
      { numRuns: 30 },
    );
  });
});
