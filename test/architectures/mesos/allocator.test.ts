/** The allocator, which lists as few agents as possible, against one that visits all agents each time. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { labDraws } from "../../../src/architectures/draws.js";
import {
  allocate,
  bookUse,
  createAllocator,
  free,
  hasAgent,
  revive,
  takeBack,
} from "../../../src/architectures/mesos/allocator.js";
import { drawWalk, stepOn, type Offers } from "../../../src/architectures/mesos/state.js";

interface PlainFilter {
  readonly cpu: number;
  readonly memory: number;
  readonly until: number;
  readonly allocation: number;
}

interface PlainFramework {
  readonly name: string;
  readonly role: PlainRole;
  active: boolean;
  has: [number, number];
  allocations: number;
  readonly filters: Map<number, PlainFilter>;
}

interface PlainRole {
  readonly name: string;
  readonly weight: number;
  readonly quota: number;
  has: [number, number];
  allocations: number;
}

interface PlainOffer {
  readonly agent: number;
  readonly framework: PlainFramework;
  cpu: number;
  memory: number;
}

const WEIGHTS = [1, 2];

/** Offers agent by agent, lists every offer, and uses amounts that have no rounding. */
class Plain {
  readonly roles: PlainRole[];
  readonly frameworks: PlainFramework[];
  readonly agents: { cpu: number; memory: number }[];
  readonly total: [number, number];
  allocations = 0;

  constructor(
    sizes: readonly number[],
    quota: number,
    readonly least: number,
  ) {
    this.roles = WEIGHTS.map((weight, i) => ({
      name: `r${i}`,
      weight,
      quota: i === 1 ? quota : 0,
      has: [0, 0],
      allocations: 0,
    }));
    this.frameworks = ["x", "y", "z"].map((name, i) => ({
      name,
      role: this.roles[i % 2],
      active: false,
      has: [0, 0],
      allocations: 0,
      filters: new Map(),
    }));
    this.agents = sizes.map((cpu) => ({ cpu, memory: 2 * cpu }));
    const all = sizes.reduce((sum, size) => sum + size, 0);
    this.total = [all, 2 * all];
  }

  book({ has, role }: PlainFramework, cpu: number, memory: number): void {
    for (const amounts of [has, role.has]) {
      amounts[0] += cpu;
      amounts[1] += memory;
    }
  }

  share({ has }: { has: [number, number] }): number {
    return Math.max(has[0] / this.total[0], has[1] / this.total[1]);
  }

  allocate(order: readonly number[], now: number): PlainOffer[] {
    this.allocations++;
    const offers: PlainOffer[] = [];
    for (const quotaOnly of [true, false]) {
      for (const agent of order) {
        const { cpu, memory } = this.agents[agent];
        if (cpu < this.least && memory < this.least) continue;
        if (cpu === 0 && memory === 0) continue;
        const lacking = ({ quota, has }: PlainRole): boolean => has[0] < quota;
        const able = this.frameworks.filter(({ active, role, filters }) => {
          const filter = filters.get(agent);
          const over =
            filter === undefined || (now >= filter.until && this.allocations > filter.allocation + 1);
          const refused = !over && cpu <= filter.cpu && memory <= filter.memory;
          return active && !refused && (!quotaOnly || lacking(role));
        });
        able.sort(
          (a, b) =>
            this.share(a.role) / a.role.weight - this.share(b.role) / b.role.weight ||
            a.role.allocations - b.role.allocations ||
            a.role.name.localeCompare(b.role.name) ||
            this.share(a) - this.share(b) ||
            a.allocations - b.allocations ||
            a.name.localeCompare(b.name),
        );
        if (able.length === 0) continue;
        const [framework] = able;
        this.book(framework, cpu, memory);
        framework.allocations++;
        framework.role.allocations++;
        this.agents[agent] = { cpu: 0, memory: 0 };
        offers.push({ agent, framework, cpu, memory });
      }
    }
    return offers;
  }
}

/** Steps: time passes; a framework wants offers; offers are made; the oldest are answered; a task ends. */
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("wait" as const), seconds: fc.constantFrom(0.5, 1, 5) }),
    fc.record({ kind: fc.constant("revive" as const), framework: fc.nat(2) }),
    fc.record({ kind: fc.constant("offer" as const) }),
    fc.record({ kind: fc.constant("offer" as const) }),
    fc.record({
      kind: fc.constant("answer" as const),
      tasks: fc.nat(4),
      demand: fc.constantFrom(0.5, 1, 2),
      goesOn: fc.boolean(),
      which: fc.nat(5),
    }),
    fc.record({ kind: fc.constant("end" as const), which: fc.nat(20) }),
  ),
  // Many steps are needed so that a task ends on an agent that is part of an open offer of everything.
  { maxLength: 60, size: "max" },
);

it("offers the same as an allocator that visits all agents", () => {
  const sizes = fc.array(fc.constantFrom(0.5, 1, 4), { minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(sizes, fc.constantFrom(0, 3), fc.constantFrom(0, 1), steps, (agents, quota, least, given) => {
      const plain = new Plain(agents, quota, least);
      const cpu = Float64Array.from(agents);
      const parts = {
        roles: Object.fromEntries(
          plain.roles.map((role) => [
            role.name,
            { weight: role.weight, quotaCpu: role.quota, quotaMemory: 0 },
          ]),
        ),
        frameworks: plain.frameworks.map(({ name, role }) => ({ name, role: role.name, classes: [] })),
        leastCpu: least,
        leastMemory: least,
      };
      const cluster = { cpu, memory: cpu.map((size) => 2 * size) };
      const fast = createAllocator(cluster, parts, labDraws(5, "walk"));
      const draws = labDraws(5, "walk");
      const letters: { offers: Offers; plain: PlainOffer[] }[] = [];
      const tasks: { agent: number; framework: number; demand: number }[] = [];
      let now = 0;
      for (const step of given) {
        switch (step.kind) {
          case "wait":
            now += step.seconds;
            break;
          case "revive":
            revive(fast.frameworks[step.framework]);
            plain.frameworks[step.framework].active = true;
            plain.frameworks[step.framework].filters.clear();
            break;
          case "offer": {
            const walk = drawWalk(draws, agents.length);
            const order = agents.map(() => stepOn(walk, agents.length));
            expect([...order].sort((a, b) => a - b)).toEqual([...agents.keys()]);
            const expected = plain.allocate(order, now);
            const offers = allocate(fast, now);
            plain.frameworks.forEach((framework, i) => {
              const own = expected.filter((offer) => offer.framework === framework);
              const given = offers.find((one) => one.framework === fast.frameworks[i]);
              expect(given !== undefined).toBe(own.length > 0);
              if (given !== undefined) letters.push({ offers: given, plain: own });
            });
            break;
          }
          case "answer": {
            if (letters.length === 0) break;
            const [{ offers, plain: own }] = letters.splice(step.which % letters.length, 1);
            const framework = fast.frameworks.indexOf(offers.framework);
            let left = step.tasks;
            const { demand } = step;
            for (let i = 0; left > 0 && hasAgent(fast, offers, i); i++) {
              expect([offers.agents[i], offers.cpu[i], offers.memory[i]]).toEqual([
                own[i].agent,
                own[i].cpu,
                own[i].memory,
              ]);
              for (; left > 0 && offers.cpu[i] >= demand && offers.memory[i] >= demand; left--) {
                tasks.push({ agent: own[i].agent, framework, demand });
                offers.cpu[i] -= demand;
                offers.memory[i] -= demand;
                bookUse(offers.framework, demand, demand, 1);
                own[i].cpu -= demand;
                own[i].memory -= demand;
              }
            }
            // Only a new job makes a framework want offers again.
            if (!step.goesOn) offers.framework.active = plain.frameworks[framework].active = false;
            takeBack(fast, offers, now, 2);
            for (const { agent, framework: to, cpu: rest, memory } of own) {
              plain.book(to, -rest, -memory);
              if (rest === 0 && memory === 0) continue;
              plain.agents[agent].cpu += rest;
              plain.agents[agent].memory += memory;
              const filter = { cpu: rest, memory, until: now + 2, allocation: plain.allocations };
              to.filters.set(agent, filter);
            }
            // A new job drops its filters, too.
            if (!offers.framework.active) plain.frameworks[framework].filters.clear();
            break;
          }
          case "end": {
            if (tasks.length === 0) break;
            const [{ agent, framework, demand }] = tasks.splice(step.which % tasks.length, 1);
            bookUse(fast.frameworks[framework], demand, demand, -1);
            free(fast, agent, demand, demand);
            plain.book(plain.frameworks[framework], -demand, -demand);
            plain.agents[agent].cpu += demand;
            plain.agents[agent].memory += demand;
            break;
          }
        }
      }
      for (const { offers, plain: own } of letters) {
        while (hasAgent(fast, offers, offers.agents.length));
        expect(offers.agents).toEqual(own.map(({ agent }) => agent));
        takeBack(fast, offers, now, 0);
        for (const { agent, cpu: rest, memory } of own) {
          plain.agents[agent].cpu += rest;
          plain.agents[agent].memory += memory;
        }
      }
      expect([...fast.freeCpu]).toEqual(plain.agents.map(({ cpu: left }) => left));
      expect([...fast.freeMemory]).toEqual(plain.agents.map(({ memory }) => memory));
    }),
    { numRuns: 500 },
  );
});
