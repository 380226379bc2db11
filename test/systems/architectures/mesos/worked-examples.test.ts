/** Values from the papers on DRF and Mesos, and from Mesos's own tests. */
import { describe, expect, it } from "vitest";
import { allocateByDominantShare } from "../../../../src/metrics/dominant-share.js";
import { labDraws } from "../../../../src/architectures/draws.js";
import { allocate, free, hasAgent, revive, takeBack } from "../../../../src/architectures/mesos/allocator.js";
import { createEverything } from "../../../../src/architectures/mesos/everything.js";
import { createFilters } from "../../../../src/architectures/mesos/filters.js";
import {
  nonLocal,
  skipsForLocality,
  waitForSkips,
} from "../../../../src/architectures/mesos/delay-scheduling.js";
import { assetFairness, drfPicks, equalIncomes } from "../../../../src/architectures/mesos/fair-division.js";
import { compareClients } from "../../../../src/architectures/mesos/sorter.js";
import type { Framework, MesosAllocator, Offers, Role } from "../../../../src/architectures/mesos/state.js";
import { workedExamples } from "../reference.js";

type Division = number | string;

interface DrfCase {
  readonly where: string;
  readonly capacity: number[];
  readonly demands: number[][];
  readonly tasks?: Division[];
  readonly order?: string[];
  readonly amounts?: number[][];
  readonly afterDoubling?: number[][];
  readonly lying?: { demands: number[][]; tasks: Division[] };
  readonly afterUser3Leaves?: number[];
}

interface SorterCase {
  readonly total: [number, number];
  readonly allocated: Record<string, [number, number]>;
  readonly weights?: Record<string, number>;
  readonly allocations?: Record<string, number>;
  readonly order: string[];
}

interface Step {
  readonly framework?: string;
  readonly agent?: [number, number];
  readonly to?: string;
}

interface Worked {
  readonly drf: { cases: DrfCase[] };
  readonly mesosSorter: { cases: SorterCase[] };
  readonly mesosAllocator: { frameworks: Record<string, string>; steps: Step[] };
  readonly delayScheduling: { example: { l: number; N: number; R: number; DoverM: number } };
}

const worked = workedExamples() as unknown as Worked | undefined;

/** "45/11" is a fraction. */
const value = (text: Division): number => {
  const [over, under = "1"] = String(text).split("/");
  return Number(over) / Number(under);
};

/** Half a unit of the last printed decimal. */
const digits = (text: Division): number =>
  String(text).includes("/") ? 9 : (String(text).split(".")[1] ?? "").length;

const expectTasks = (tasks: ArrayLike<number>, printed: readonly Division[], least = 0): void => {
  printed.forEach((text, user) => {
    expect(tasks[user]).toBeCloseTo(value(text), Math.max(digits(text), least));
  });
};

describe.skipIf(worked === undefined)("worked examples", () => {
  for (const one of worked?.drf.cases ?? []) {
    it(one.where, () => {
      const { capacity, demands, tasks = [] } = one;
      if (one.order !== undefined) {
        const picks = drfPicks(demands, capacity, [1, 0]);
        expect(picks.map((user) => "AB"[user])).toEqual(one.order);
        expect([...allocateByDominantShare(demands, capacity).tasks]).toEqual(tasks);
      } else if (one.where.includes("CEEI")) {
        expectTasks(equalIncomes(demands, capacity), tasks);
        if (one.lying) expectTasks(equalIncomes(one.lying.demands, capacity), one.lying.tasks);
        if (one.afterUser3Leaves)
          expectTasks(equalIncomes(demands.slice(0, 2), capacity), one.afterUser3Leaves);
      } else {
        const fair = assetFairness(demands, capacity);
        expectTasks(fair, tasks, 9);
        if (one.amounts === undefined) return;
        const amounts = (total: number[]): number[][] =>
          [...assetFairness(demands, total)].map((count, user) => demands[user].map((each) => each * count));
        one.amounts.forEach((row, user) => {
          expectTasks(amounts(capacity)[user], row, 9);
        });
        const doubled = [capacity[0], 2 * capacity[1]];
        one.afterDoubling!.forEach((row, user) => {
          expectTasks(amounts(doubled)[user], row, 9);
        });
      }
    });
  }

  it.each(worked?.mesosSorter.cases.map((one, i) => [i, one] as const) ?? [])("sorter %i", (_, one) => {
    const clients = Object.entries(one.allocated)
      .reverse()
      .map(([name, allocated]) => ({
        name,
        used: allocated,
        offered: [0, 0] as [number, number],
        weight: one.weights?.[name] ?? 1,
        allocations: one.allocations?.[name] ?? 0,
      }));
    clients.sort((a, b) => compareClients(a, b, one.total));
    expect(clients.map(({ name }) => name)).toEqual(one.order);
  });

  it("UnreservedDRF: agents join one by one, and each is offered to one framework", () => {
    const { frameworks, steps } = worked!.mesosAllocator;
    const allocator = emptyAllocator(steps.length);
    steps.forEach(({ framework, agent, to }, i) => {
      if (framework !== undefined) addFramework(allocator, framework, frameworks[framework]);
      if (agent === undefined) return;
      join(allocator, i, ...agent);
      const offers = allocate(allocator, 0);
      expect(offers.map((one) => [one.framework.name, ...amounts(allocator, one)])).toEqual([[to, ...agent]]);
    });
  });

  it("delay scheduling: the formulas' example", () => {
    const { l, N, R, DoverM } = worked!.delayScheduling.example;
    expect(skipsForLocality(l, N, 1000, R) / 1000).toBeCloseTo(DoverM, 6);
  });
});

interface Growing extends MesosAllocator {
  readonly roles: Role[];
  readonly frameworks: Framework[];
}

/** An allocator with agents that have no resources yet. */
function emptyAllocator(agents: number): Growing {
  return {
    roles: [],
    frameworks: [],
    total: [0, 0],
    freeCpu: new Float64Array(agents),
    freeMemory: new Float64Array(agents),
    leastCpu: 0.01,
    leastMemory: 32,
    draws: labDraws(0, "test"),
    everything: createEverything(agents),
    offerable: 0,
    allocations: 0,
  };
}

function addFramework(allocator: Growing, name: string, roleName: string): Framework {
  const client = (): Pick<Role, "weight" | "used" | "offered" | "allocations"> => ({
    weight: 1,
    used: [0, 0],
    offered: [0, 0],
    allocations: 0,
  });
  let role = allocator.roles.find((one) => one.name === roleName);
  if (role === undefined) allocator.roles.push((role = { name: roleName, quota: [0, 0], ...client() }));
  const filters = createFilters(allocator.freeCpu.length);
  const framework = { name, role, active: true, filters, ...client() };
  allocator.frameworks.push(framework);
  return framework;
}

function join(allocator: MesosAllocator, agent: number, cpu: number, memory: number, busy = 0): void {
  allocator.total[0] += cpu;
  allocator.total[1] += memory;
  free(allocator, agent, cpu * (1 - busy), memory * (1 - busy));
}

/** CPU and memory of all offered agents. */
function amounts(allocator: MesosAllocator, offers: Offers): [number, number] {
  while (hasAgent(allocator, offers, offers.agents.length));
  return [offers.cpu.reduce((sum, one) => sum + one, 0), offers.memory.reduce((sum, one) => sum + one, 0)];
}

describe("Mesos's other tests of the allocator", () => {
  it("OfferFilter: after a refusal for two intervals, the second allocation offers again", () => {
    const allocator = emptyAllocator(1);
    addFramework(allocator, "f", "role");
    join(allocator, 0, 2, 1024);
    takeBack(allocator, allocate(allocator, 0)[0], 0, 2);
    expect(allocate(allocator, 1)).toEqual([]);
    expect(allocate(allocator, 2)).toHaveLength(1);
  });

  it("a filter shorter than the interval lasts until the next allocation", () => {
    const allocator = emptyAllocator(1);
    addFramework(allocator, "f", "role");
    join(allocator, 0, 2, 1024);
    takeBack(allocator, allocate(allocator, 0)[0], 0, 0.1);
    expect(allocate(allocator, 1)).toEqual([]);
    expect(allocate(allocator, 2)).toHaveLength(1);
  });

  it("a new job drops the filters", () => {
    const allocator = emptyAllocator(1);
    const framework = addFramework(allocator, "f", "role");
    join(allocator, 0, 2, 1024);
    takeBack(allocator, allocate(allocator, 0)[0], 0, 100);
    revive(framework);
    expect(allocate(allocator, 1)).toHaveLength(1);
  });

  it("offers a larger amount than was refused, despite the filter", () => {
    const allocator = emptyAllocator(1);
    addFramework(allocator, "f", "role");
    join(allocator, 0, 4, 1024, 0.5);
    takeBack(allocator, allocate(allocator, 0)[0], 0, 100);
    expect(allocate(allocator, 1)).toEqual([]);
    free(allocator, 0, 1, 0);
    expect(allocate(allocator, 2).map((offers) => amounts(allocator, offers))).toEqual([[3, 512]]);
  });

  it("CoarseGrained: two equal agents, two frameworks in two roles: each gets one agent", () => {
    const allocator = emptyAllocator(2);
    addFramework(allocator, "1", "role1");
    addFramework(allocator, "2", "role2");
    for (let i = 0; i < 2; i++) join(allocator, i, 2, 1024);
    const offers = allocate(allocator, 0);
    expect(offers.map(({ framework }) => framework.name)).toEqual(["1", "2"]);
    expect(offers.map((one) => amounts(allocator, one))).toEqual([
      [2, 1024],
      [2, 1024],
    ]);
  });

  it("SameShareFairness: one agent, two frameworks, ten returned offers: each gets five", () => {
    const allocator = emptyAllocator(1);
    const frameworks = [addFramework(allocator, "1", "role1"), addFramework(allocator, "2", "role1")];
    join(allocator, 0, 2, 1024);
    for (let round = 0; round < 10; round++) takeBack(allocator, allocate(allocator, round)[0], round, 0);
    expect(frameworks.map(({ allocations }) => allocations)).toEqual([5, 5]);
  });

  it("serves a role below its quota first, regardless of the shares", () => {
    const allocator = emptyAllocator(3);
    addFramework(allocator, "a", "a");
    const { role } = addFramework(allocator, "b", "b");
    Object.assign(role, { quota: [4, 0], used: [3, 300] });
    for (let i = 0; i < 3; i++) join(allocator, i, 2, 100);
    // The first agent fills b's quota; then a's share is the least, so that a gets the other two agents.
    const offers = allocate(allocator, 0);
    expect(offers.map((one) => [one.framework.name, one.agents.length])).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
  });
});

it("computes the other formulas of delay scheduling", () => {
  expect(nonLocal(10, 3, 2)).toBeCloseTo(0.49, 12);
  expect(waitForSkips(20, 60, 4, 100)).toBe(3);
});
