/** Values printed in the papers on DRF and Mesos and in Mesos's own tests. */
import { describe, expect, it } from "vitest";
import { allocateByDominantShare } from "../../../../src/metrics/dominant-share.js";
import { labDraws } from "../../../../src/systems/architectures/draws.js";
import {
  allocate,
  recover,
  type Framework,
  type MesosAllocator,
} from "../../../../src/systems/architectures/mesos/allocator.js";
import {
  nonLocal,
  skipsForLocality,
  waitForSkips,
} from "../../../../src/systems/architectures/mesos/delay-scheduling.js";
import {
  assetFairness,
  drfPicks,
  equalIncomes,
} from "../../../../src/systems/architectures/mesos/fair-division.js";
import { sortClients } from "../../../../src/systems/architectures/mesos/sorter.js";
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
  readonly total: number[];
  readonly allocated: Record<string, number[]>;
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

/** Half of the last decimal that is printed. */
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
        allocated,
        weight: one.weights?.[name] ?? 1,
        allocations: one.allocations?.[name] ?? 0,
      }));
    expect(sortClients(clients, one.total).map(({ name }) => name)).toEqual(one.order);
  });

  it("UnreservedDRF: agents join one by one, each goes whole to one framework", () => {
    const { frameworks, steps } = worked!.mesosAllocator;
    const allocator = emptyAllocator();
    for (const { framework, agent, to } of steps) {
      if (framework !== undefined) addFramework(allocator, framework, frameworks[framework]);
      if (agent === undefined) continue;
      allocator.agents.push({ total: agent, allocated: [0, 0] });
      const offers = allocate(allocator, 0, [allocator.agents.length - 1]);
      expect(offers.map((offer) => [offer.framework.name, offer.cpu, offer.memory])).toEqual([
        [to, ...agent],
      ]);
    }
  });

  it("delay scheduling: the formulas' example", () => {
    const { l, N, R, DoverM } = worked!.delayScheduling.example;
    expect(skipsForLocality(l, N, 1000, R) / 1000).toBeCloseTo(DoverM, 6);
  });
});

function emptyAllocator(): MesosAllocator {
  return {
    agents: [],
    roles: [],
    leastCpu: 0.01,
    leastMemory: 32,
    draws: labDraws(0, "test"),
    allocations: 0,
  };
}

function addFramework(allocator: MesosAllocator, name: string, roleName: string): Framework {
  const framework = { name, weight: 1, allocated: [0, 0], allocations: 0, active: true, filters: new Map() };
  let role = allocator.roles.find((one) => one.name === roleName);
  if (role === undefined) {
    role = { name: roleName, weight: 1, quota: [0, 0], allocated: [0, 0], allocations: 0, frameworks: [] };
    allocator.roles.push(role);
  }
  role.frameworks.push(framework);
  return framework;
}

describe("Mesos's other tests of the allocator", () => {
  it("OfferFilter: refused for two intervals, not offered at the next, offered at the one after", () => {
    const allocator = emptyAllocator();
    addFramework(allocator, "f", "role");
    allocator.agents.push({ total: [2, 1024], allocated: [0, 0] });
    const [offer] = allocate(allocator, 0);
    recover(allocator, offer, 0, 2);
    expect(allocate(allocator, 1)).toEqual([]);
    expect(allocate(allocator, 2)).toHaveLength(1);
  });

  it("a filter shorter than the interval lasts until the next allocation", () => {
    const allocator = emptyAllocator();
    addFramework(allocator, "f", "role");
    allocator.agents.push({ total: [2, 1024], allocated: [0, 0] });
    recover(allocator, allocate(allocator, 0)[0], 0, 0.1);
    expect(allocate(allocator, 1)).toEqual([]);
    expect(allocate(allocator, 2)).toHaveLength(1);
  });

  it("offers more than was refused in spite of the filter", () => {
    const allocator = emptyAllocator();
    addFramework(allocator, "f", "role");
    allocator.agents.push({ total: [4, 1024], allocated: [2, 512] });
    recover(allocator, allocate(allocator, 0)[0], 0, 100);
    expect(allocate(allocator, 1)).toEqual([]);
    allocator.agents[0].allocated[0] = 1;
    expect(allocate(allocator, 2).map(({ cpu }) => cpu)).toEqual([3]);
  });

  it("CoarseGrained: two equal agents, two frameworks in two roles: one each", () => {
    const allocator = emptyAllocator();
    addFramework(allocator, "1", "role1");
    addFramework(allocator, "2", "role2");
    for (let i = 0; i < 2; i++) allocator.agents.push({ total: [2, 1024], allocated: [0, 0] });
    expect(allocate(allocator, 0).map(({ framework }) => framework.name)).toEqual(["1", "2"]);
  });

  it("SameShareFairness: one agent, two frameworks, ten rounds all returned: five each", () => {
    const allocator = emptyAllocator();
    const frameworks = [addFramework(allocator, "1", "role1"), addFramework(allocator, "2", "role1")];
    allocator.agents.push({ total: [2, 1024], allocated: [0, 0] });
    for (let round = 0; round < 10; round++) recover(allocator, allocate(allocator, round)[0], round);
    expect(frameworks.map(({ allocations }) => allocations)).toEqual([5, 5]);
  });

  it("serves a role that lacks its quota first, whatever the shares", () => {
    const allocator = emptyAllocator();
    addFramework(allocator, "a", "a");
    addFramework(allocator, "b", "b");
    Object.assign(allocator.roles[1], { quota: [4, 0], allocated: [3, 300] });
    for (let i = 0; i < 2; i++) allocator.agents.push({ total: [2, 100], allocated: [0, 0] });
    // The first agent fills b's quota; the second goes to a, whose share is less.
    expect(allocate(allocator, 0).map(({ framework }) => framework.name)).toEqual(["b", "a"]);
  });
});

it("computes the other formulas of delay scheduling", () => {
  expect(nonLocal(10, 3, 2)).toBeCloseTo(0.49, 12);
  expect(waitForSkips(20, 60, 4, 100)).toBe(3);
});
