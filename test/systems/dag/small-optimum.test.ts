/** Small graphs with their exhaustive optimum: every file below dag/ that has graphs. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { boundsOf } from "../../../src/systems/dag/bounds.js";
import { dagFrom } from "../../../src/systems/dag/dag-from.js";
import type { Dag } from "../../../src/systems/dag/dag.js";
import { beginOrder } from "../../../src/systems/dag/graphene/begin-order.js";
import { buildSchedule } from "../../../src/systems/dag/graphene/build-schedule.js";
import { optimalMakespan } from "../../../src/systems/dag/optimum.js";
import { defineOrder } from "../../../src/systems/dag/order.js";
import { packDag } from "../../../src/systems/dag/pack-dag.js";
import { ORDERS } from "../../../src/systems/dag/registry.js";
import { scheduleDags } from "../../../src/systems/dag/schedule-dags.js";
import { readJson, ROOT } from "../architectures/reference.js";
import { expectFeasible } from "./feasible.js";

interface SmallDag {
  readonly machines: number;
  readonly durations: readonly number[];
  readonly demands: readonly (readonly number[])[];
  readonly parents: readonly (readonly number[])[];
  readonly criticalPath: number;
  readonly work: number;
  readonly optimum: number;
  readonly grapheneOffline?: number;
  readonly grapheneOnline?: number;
}

const top = join(ROOT, "dag");
const files = existsSync(top)
  ? readdirSync(top, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"))
  : [];
const sets = files
  .map((file) => ({ file, dags: readJson(join(top, file)).dags as SmallDag[] | undefined }))
  .filter((set): set is { file: string; dags: SmallDag[] } => Array.isArray(set.dags));

/** Two resources are cpu and memory, more have names of their own. */
function toDag({ durations, demands, parents }: SmallDag): Dag {
  return dagFrom(
    durations.map((duration, t) => ({
      duration,
      demand: Object.fromEntries(demands[t].map((amount, r) => [["cpu", "memory"][r] ?? `r${r}`, amount])),
      after: parents[t],
    })),
  );
}

const cases = sets.flatMap(({ file, dags }) => dags.map((given, i) => ({ name: `${file} ${i}`, given })));

describe.skipIf(cases.length === 0)("small graphs with a known optimum (none where dag/ is missing)", () => {
  it.each(cases)("$name", ({ given }) => {
    const dag = toDag(given);
    const { machines, optimum } = given;
    const bounds = boundsOf(dag, machines);
    expect(bounds.criticalPath).toBeCloseTo(given.criticalPath, 9);
    expect(bounds.work).toBeCloseTo(given.work, 9);
    expect(bounds.best).toBeLessThanOrEqual(optimum + 1e-9);
    expect(optimalMakespan(dag, machines)).toBeCloseTo(optimum, 9);
    for (const order of ORDERS) {
      const { name } = order;
      const made = packDag(dag, machines, name);
      expectFeasible(dag, made, machines);
      expect(made.makespan, name).toBeGreaterThanOrEqual(optimum - 1e-9);
      if (order.create === undefined) continue;
      const online = scheduleDags([{ id: "a", arrival: 0, dag }], machines, name);
      expectFeasible(dag, online.placements[0], machines);
      expect(online.makespan, name).toBeGreaterThanOrEqual(optimum - 1e-9);
    }
    if (given.grapheneOffline !== undefined)
      expect(packDag(dag, machines, "graphene").makespan).toBeLessThanOrEqual(given.grapheneOffline + 1e-9);
    // The file's online figure follows the order of the plan alone, without packing.
    const inPlanOrder = defineOrder({
      name: "in-plan-order",
      rule: "the task that Graphene's plan begins first",
      create: () => ({
        rank: (problem) => beginOrder(buildSchedule(problem, 0.1).placement),
        task: ({ rank }) => rank,
      }),
    });
    if (given.grapheneOnline !== undefined)
      expect(
        scheduleDags([{ id: "a", arrival: 0, dag }], machines, inPlanOrder).makespan,
      ).toBeLessThanOrEqual(given.grapheneOnline + 1e-9);
  });
});
