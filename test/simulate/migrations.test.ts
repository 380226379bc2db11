import { describe, expect, it } from "vitest";
import type { Move, Policy } from "../../src/policies/policy.js";
import type { ModelOptions } from "../../src/simulate/model.js";
import { simulate, type Run } from "../../src/simulate/simulate.js";
import { tinyWorkload, type TinyTask } from "../tiny-workload.js";

/** Asks for the listed moves after the listed steps. */
function scripted(script: Readonly<Record<number, readonly Move[]>>): Policy {
  return { name: "scripted", rebalance: (view) => script[view.step] ?? [] };
}

/** 1 Gbit/s, one flow: 125 MB/s; the reference machine has 1 GiB. */
const MODEL: ModelOptions = { flowsPerMachine: 1, linkGbps: 1, referenceMemoryGib: 1, dirtyShare: 0 };

function run(
  tasks: readonly TinyTask[],
  script: Parameters<typeof scripted>[0],
  model: ModelOptions = {},
): Run {
  const workload = tinyWorkload({ machines: [{}, {}, {}], tasks, steps: 4 });
  return simulate(workload, scripted(script), { model: { ...MODEL, ...model }, keepMachines: true });
}

const HALF_GIB = 2 ** 29;

describe("migration between two machines", () => {
  const task = { cpu: [0.5, 0.5, 0.5, 0.5], memory: 0.5, machine: 0 };

  it("sends the memory once if nothing is written: by hand, exact in bytes and seconds", () => {
    const { migrations: moves, steps, machines, summary } = run([task], { 0: [{ task: 0, to: 1 }] });
    const seconds = HALF_GIB / 125e6;
    expect(moves.bytes[0]).toBe(HALF_GIB);
    expect(moves.seconds[0]).toBe(seconds);
    expect(moves.start[0]).toBe(300);
    expect(moves.downtime[0]).toBe(0);
    // In step 1 the task is at the source for `seconds`, then at the target.
    const part = seconds / 300;
    const cpu = machines!.cpu.slice(3, 6);
    expect(cpu[0]).toBeCloseTo(0.5 * part, 7);
    expect(cpu[1]).toBeCloseTo(0.5 * (1 - part), 7);
    expect(steps.bytes[1]).toBe(HALF_GIB);
    expect(steps.linkShare[1]).toBeCloseTo(HALF_GIB / (125e6 * 300 * 3), 15);
    // A tenth of the task's CPU on both machines during the copy.
    expect(steps.overhead[1]).toBeCloseTo((2 * 0.1 * 0.5 * part) / 3, 12);
    expect(steps.utilization[1]).toBeCloseTo(0.5 / 3, 12);
    expect(summary.migrations).toBe(1);
    expect(summary.migrationGb).toBe(HALF_GIB / 1e9);
  });

  it("sends memory that is written meanwhile, and stops the task for the last pass", () => {
    const { migrations: moves, tasks } = run(
      [task],
      { 0: [{ task: 0, to: 1 }] },
      { dirtyShare: 0.1, workingSet: 1 },
    );
    // A tenth of 512 MiB a second is written: each round leaves lambda times the previous one.
    const lambda = (0.1 * HALF_GIB) / 125e6;
    const rounds = [0, 1, 2, 3].map((i) => HALF_GIB * lambda ** i);
    const last = HALF_GIB * lambda ** 4;
    // lambda^4 leaves 18 MB, the first that 125 MB/s sends within 0.3 s (37.5 MB).
    expect(HALF_GIB * lambda ** 3).toBeGreaterThan(37.5e6);
    expect(last).toBeLessThan(37.5e6);
    expect(moves.bytes[0]).toBeCloseTo(rounds.reduce((a, b) => a + b) + last, 3);
    expect(moves.downtime[0]).toBeCloseTo(last / 125e6, 12);
    // Closed loop: the task ends later than in the trace (1200) by the downtime.
    expect(tasks.ended[0]).toBeNaN();
  });

  it("costs nothing with the model `free`", () => {
    const workload = tinyWorkload({ machines: [{}, {}], tasks: [task], steps: 4 });
    const free = simulate(workload, scripted({ 0: [{ task: 0, to: 1 }] }), {
      migration: "free",
      keepMachines: true,
    });
    expect(Array.from(free.machines!.cpu)).toEqual([0.5, 0, 0, 0.5, 0, 0.5, 0, 0.5]);
    expect(free.summary).toMatchObject({ migrationGb: 0, overhead: 0, downtimeSeconds: 0, migrations: 1 });
  });

  it("runs at the target while its pages follow, slowed down by waits: by hand", () => {
    const workload = tinyWorkload({ machines: [{}, {}], tasks: [task], steps: 4 });
    const {
      migrations: moves,
      machines,
      summary,
    } = simulate(workload, scripted({ 0: [{ task: 0, to: 1 }] }), {
      migration: "dsm",
      model: { ...MODEL, touchedShare: 0.5, pageFetch: 1000, faultLoss: 0.25, migrationOverhead: 0 },
      keepMachines: true,
    });
    // 2^28 bytes are 65,536 pages of 1 ms; at a quarter of its speed lost that takes 262.1 s of step 1.
    expect(moves.bytes[0]).toBe(2 ** 28);
    expect(moves.stalled[0]).toBeCloseTo(65.536, 9);
    expect(moves.seconds[0]).toBeCloseTo(262.144, 9);
    expect(summary.downtimeSeconds).toBe(0);
    const cpu = machines!.cpu.slice(2, 4);
    expect(cpu[0]).toBe(0);
    expect(cpu[1]).toBeCloseTo(0.5 * (1 - 65.536 / 300), 6);
  });

  it("loses CPU at the source if pre-copy slows it down", () => {
    const workload = tinyWorkload({ machines: [{}, {}], tasks: [task], steps: 4 });
    const { migrations: moves, machines } = simulate(workload, scripted({ 0: [{ task: 0, to: 1 }] }), {
      migration: "pre-copy-qemu",
      model: { ...MODEL, dirtyShare: 1, workingSet: 1, migrationOverhead: 0 },
      keepMachines: true,
    });
    expect(moves.stalled[0]).toBeGreaterThan(1);
    const cpu = machines!.cpu.slice(2, 4);
    expect(cpu[0] + cpu[1]).toBeCloseTo(0.5 * (1 - (moves.stalled[0] + moves.downtime[0]) / 300), 6);
  });

  it("requeues a task whose target leaves while its pages follow", () => {
    const event = { time: 450, machine: 1, kind: "remove" as const };
    const workload = tinyWorkload({ machines: [{}, {}], tasks: [task], events: [event], steps: 4 });
    const outcome = (migration: "dsm" | "pre-copy") => {
      const { counts, migrations: moves } = simulate(workload, scripted({ 0: [{ task: 0, to: 1 }] }), {
        migration,
        model: { ...MODEL, linkGbps: 0.01, pageFetch: 10_000 },
      });
      return [counts.evicted, moves.outcome[0]];
    };
    expect(outcome("dsm")).toEqual([1, 2]);
    // Before the switch, the source still has all of the task.
    expect(outcome("pre-copy")).toEqual([0, 2]);
  });

  it("takes several steps on a slow link, and keeps both reservations meanwhile", () => {
    const free: number[][] = [];
    const policy: Policy = {
      name: "slow",
      rebalance(view) {
        free.push(Array.from(view.freeMemory));
        return view.step === 0 ? [{ task: 0, to: 1 }] : [];
      },
    };
    const workload = tinyWorkload({ machines: [{}, {}], tasks: [task], steps: 4 });
    // 512 MiB at 1.25 MB/s: 429.5 s, from 300 to 729.5.
    const { migrations: moves, steps } = simulate(workload, policy, { model: { ...MODEL, linkGbps: 0.01 } });
    expect(moves.seconds[0]).toBeCloseTo(429.4967, 3);
    // Read after steps 0 to 3: at the source; at both; switched.
    expect(free).toEqual([
      [0.5, 1],
      [0.5, 0.5],
      [1, 0.5],
      [1, 1],
    ]);
    expect(Array.from(steps.migrationsCompleted)).toEqual([0, 0, 1, 0]);
    expect(steps.bytes[1]).toBeCloseTo(1.25e6 * 300, 3);
    expect(steps.bytes[1] + steps.bytes[2]).toBeCloseTo(HALF_GIB, 3);
  });

  it("waits for a free link: the second flow starts when the first has ended", () => {
    const other = { ...task, memory: 0.25 };
    const { migrations: moves } = run([task, other], { 0: [0, 1].map((id) => ({ task: id, to: id + 1 })) });
    expect(Array.from(moves.start)).toEqual([300, 300 + HALF_GIB / 125e6]);
  });

  it("splits the step of the switch between two contended machines", () => {
    // Each machine has 0.75 of LC work, so the 0.5 task gets 0.25 on either machine.
    const lc = { lc: true, cpu: [0.75, 0.75, 0.75, 0.75], machine: 0 };
    const { steps } = run(
      [lc, { ...lc, machine: 1 }, task],
      { 0: [{ task: 2, to: 1 }] },
      { migrationOverhead: 0 },
    );
    // In the step of the switch, the source serves its small part in full, and the target serves the rest up
    // to 0.25.
    const part = HALF_GIB / 125e6 / 300;
    expect(steps.beUtilization[0]).toBeCloseTo(0.25 / 3, 12);
    expect(steps.beUtilization[1]).toBeCloseTo((0.5 * part + 0.25) / 3, 12);
    expect(steps.lcShortfall[1]).toBe(0);
  });

  it("releases the target if the task ends before the switch", () => {
    const short = { cpu: [0.5, 0.5], memory: 0.5, machine: 0 };
    const { summary, migrations: moves } = run([short], { 0: [{ task: 0, to: 1 }] }, { linkGbps: 0.001 });
    expect(summary.migrationsAborted).toBe(1);
    // From 300 to 600 at 125 kB/s.
    expect(moves.bytes[0]).toBeCloseTo(0.125e6 * 300, 3);
  });
});

describe("guards", () => {
  const task = { cpu: [0.5, 0.5, 0.5, 0.5], memory: 0.25, machine: 0 };

  it.each<[string, TinyTask[], Record<number, Move[]>, ModelOptions]>([
    ["gone", [{ ...task, cpu: [0.5] }], { 1: [{ task: 0, to: 1 }] }, {}],
    ["migrating", [task], { 0: [1, 2].map((to) => ({ task: 0, to })) }, {}],
    ["latencyCritical", [{ ...task, lc: true }], { 0: [{ task: 0, to: 1 }] }, {}],
    ["sameMachine", [task], { 0: [{ task: 0, to: 0 }] }, {}],
    ["noRoom", [task, { ...task, memory: 0.8, machine: 1 }], { 0: [{ task: 0, to: 1 }] }, {}],
    ["cooldown", [task], { 0: [{ task: 0, to: 1 }], 2: [{ task: 0, to: 2 }] }, { cooldown: 2 }],
    [
      "admissions",
      [task, task],
      { 0: [0, 1].map((id) => ({ task: id, to: 1 })) },
      { admissionsPerTarget: 1 },
    ],
    ["budget", [task, task], { 0: [0, 1].map((id) => ({ task: id, to: id + 1 })) }, { moveBudget: 1 }],
    ["minGain", [task], { 0: [{ task: 0, to: 1 }] }, { minGain: 0.01 }],
    ["network", [task, task], { 0: [0, 1].map((id) => ({ task: id, to: id + 1 })) }, { linkGbps: 0.001 }],
  ])("refuses a move: %s", (reason, tasks, script, model) => {
    const { counts } = run(tasks, script, model);
    const refused = Object.entries(counts.refused).filter(([, count]) => count > 0);
    expect(refused).toEqual([[reason, 1]]);
  });

  it("lets LC tasks migrate with `moveLatencyCritical`", () => {
    const { summary } = run([{ ...task, lc: true }], { 0: [{ task: 0, to: 1 }] }, { moveLatencyCritical: 1 });
    expect(summary.migrations).toBe(1);
  });
});
