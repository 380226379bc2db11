import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { createPolicy, POLICIES } from "../../src/policies/index.js";
import type { ClusterView, Move, Policy, PolicyHooks } from "../../src/policies/policy.js";
import { simulate, type Run } from "../../src/simulate/simulate.js";
import type { Workload } from "../../src/workload/workload.js";
import { tinyWorkload } from "../tiny-workload.js";

/**
 * Machines 0 and 1 are up, machine 2 is down, machine 3 has too little memory. Of the best-effort tasks 0 and
 * 1 stay and 2 ends after the first step; task 3 is latency-critical.
 */
const workload = (): Workload =>
  tinyWorkload({
    machines: [{}, {}, { up: false }, { memory: 0.01 }],
    tasks: [
      { cpu: [0.3, 0.3, 0.3, 0.3], memory: 0.1, machine: 0 },
      { cpu: [0.2, 0.2, 0.2, 0.2], memory: 0.1, machine: 0 },
      { cpu: [0.1], memory: 0.1, machine: 0 },
      { cpu: [0.1, 0.1, 0.1, 0.1], memory: 0.1, machine: 0, lc: true },
    ],
    steps: 4,
  });

/** A hook may return anything in JavaScript. */
const hooks = (given: object): PolicyHooks => given;
const run = (given: object): Run => simulate(workload(), { name: "rogue", ...hooks(given) });
const returns = (moves: unknown): object => ({ rebalance: () => moves });
const throws = (thrown: unknown): (() => never) => {
  return () => {
    throw thrown;
  };
};
const looks = (look: (view: ClusterView) => unknown): object => ({
  rebalance(view: ClusterView) {
    look(view);
    return [];
  },
});
const NO_LIST = "policy rogue at step 0: rebalance returned";

describe("an InputError names the policy and the step for", () => {
  it.each<[what: string, policy: object, message: string]>([
    [
      "moves: undefined",
      returns(undefined),
      `${NO_LIST} undefined, not a list of moves; give [] for no moves`,
    ],
    ["moves: null", returns(null), `${NO_LIST} null, not a list`],
    ["moves: a number", returns(3), `${NO_LIST} 3, not a list`],
    ["moves: an object", returns({ task: 0, to: 1 }), `${NO_LIST} an object with task, to, not a list`],
    ["moves: a set", returns(new Set()), `${NO_LIST} an object with no keys, not a list`],
    [
      "moves: a promise",
      { rebalance: async () => Promise.resolve([]) },
      "a promise, not a list of moves; it must not be async",
    ],
    [
      "a move: null",
      returns([null]),
      "policy rogue at step 0: move 1 of rebalance names no task (undefined)",
    ],
    [
      "a move: a hole",
      returns([{ task: 0, to: 1 }, ...new Array<Move>(1)]),
      "move 2 of rebalance names no task",
    ],
    ["a task: NaN", returns([{ task: NaN, to: 1 }]), "names no task (NaN); give the id of a TaskView"],
    ["a task: a fraction", returns([{ task: 0.5, to: 1 }]), "names no task (0.5)"],
    ["a task: negative", returns([{ task: -1, to: 1 }]), "names no task (-1)"],
    ["a task: beyond the last", returns([{ task: 4, to: 1 }]), "names no task (4)"],
    ["a task: a text", returns([{ task: "0", to: 1 }]), "names no task ('0')"],
    [
      "a task: its view",
      { rebalance: (view: ClusterView) => [{ task: view.tasksOn(0)[0], to: 1 }] },
      "names no task (an object with id, ",
    ],
    [
      "a target: NaN",
      returns([{ task: 0, to: NaN }]),
      "names no machine (NaN); machines are numbered from 0 to 3",
    ],
    ["a target: a fraction", returns([{ task: 0, to: 1.5 }]), "names no machine (1.5)"],
    ["a target: negative", returns([{ task: 0, to: -1 }]), "names no machine (-1)"],
    ["a target: beyond the last", returns([{ task: 0, to: 4 }]), "names no machine (4)"],
    ["a target: a text", returns([{ task: 0, to: "1" }]), "names no machine ('1')"],
    ["a target: missing", returns([{ task: 0 }]), "names no machine (undefined)"],
    [
      "foresight: undefined",
      { rebalanceForeseeing: () => undefined, rebalance: () => [] },
      "rebalanceForeseeing returned undefined",
    ],
    [
      "foresight: no steps",
      { rebalanceForeseeing: (view: { ahead(steps: number): unknown }) => [view.ahead(NaN)] },
      "rebalanceForeseeing threw: invalid steps ahead: NaN",
    ],
    [
      "an error in rebalance",
      { rebalance: throws(new TypeError("oops")) },
      "policy rogue at step 0: rebalance threw: oops",
    ],
    ["a text thrown", { rebalance: throws("oops") }, "policy rogue at step 0: rebalance threw: oops"],
    ["an error in place", { place: throws(new Error("oops")) }, "policy rogue at step 0: place threw: oops"],
    [
      "an error in control",
      { control: throws(new Error("oops")) },
      "policy rogue at step 0: control threw: oops",
    ],
    [
      "a question about no machine",
      looks((view) => view.tasksOn(9)),
      "rebalance threw: no machine 9; machines are numbered from 0 to 3",
    ],
    ["the history of no machine", looks((view) => view.history(0.5)), "rebalance threw: no machine 0.5"],
    [
      "a question about no kind of task",
      looks((view) => view.tasksOn(0, "BE" as "all")),
      "unknown tasks: BE; give all or best-effort",
    ],
    [
      "a task history that nobody keeps",
      looks((view) => view.taskHistory(view.tasksOn(0)[0])),
      "rebalance threw: no task history is kept",
    ],
    [
      "a view that is overwritten",
      looks((view) => Object.assign(view, { load: [] })),
      "rebalance threw: Cannot set property load",
    ],
    [
      "a view that is added to",
      looks((view) => Object.assign(view, { mine: 1 })),
      "rebalance threw: Cannot add property mine",
    ],
    [
      "a placement: undefined",
      { place: () => undefined },
      "policy rogue at step 0: place returned undefined for task 0; machines are numbered from 0 to 3, or -1",
    ],
    ["a placement: null", { place: () => null }, "place returned null"],
    ["a placement: NaN", { place: () => NaN }, "place returned NaN"],
    ["a placement: a fraction", { place: () => 1.5 }, "place returned 1.5"],
    ["a placement: a text", { place: () => "0" }, "place returned '0'"],
    ["a placement: -2", { place: () => -2 }, "place returned -2"],
    ["a placement: beyond the last", { place: () => 4 }, "place returned 4"],
    [
      "caps: undefined",
      { control: () => undefined },
      "policy rogue at step 0: control returned undefined, not a list of caps",
    ],
    ["a cap: null", { control: () => [null] }, "cap 1 of control names no machine (undefined)"],
    [
      "a cap on no machine",
      { control: () => [{ machine: 4, cap: 1 }] },
      "cap 1 of control names no machine (4)",
    ],
    [
      "a cap: NaN",
      { control: () => [{ machine: 0, cap: NaN }] },
      "cap 1 of control is NaN; give a share of the capacity",
    ],
    ["a cap above 1", { control: () => [{ machine: 0, cap: 1.1 }] }, "cap 1 of control is 1.1"],
    ["a cap: a text", { control: () => [{ machine: 0, cap: "1" }] }, "cap 1 of control is '1'"],
    ["no name", { name: undefined }, "invalid policy: it has no name"],
    [
      "a misspelt hook",
      { rebalence: () => [] },
      "unknown key of policy rogue: rebalence (did you mean rebalance?)",
    ],
  ])("%s", (_, policy, message) => {
    expect(() => run(policy)).toThrow(InputError);
    expect(() => run(policy)).toThrow(message);
  });

  it("an error that a policy throws, with this error as the cause", () => {
    const own = new RangeError("too late");
    const late = looks((view) => {
      if (view.step === 2) throw own;
    });
    expect(() => run(late)).toThrow("policy rogue at step 2: rebalance threw: too late");
    expect(() => run(late)).toThrow(expect.objectContaining({ cause: own }));
  });
});

/** The result, as numbers that can be compared exactly. */
const bytesOf = ({ steps, migrations: moves, tasks, counts }: Run): unknown => ({
  steps,
  moves,
  tasks,
  counts,
});
const at = (step: number, moves: readonly Move[]): object => ({
  rebalance: (view: ClusterView) => (view.step === step ? moves : []),
});
const firstRefusal = (policy: object): unknown =>
  Object.entries(run(policy).counts.refused).filter(([, count]) => count > 0);

describe("a defined result for", () => {
  it.each<[what: string, policy: object, refused: unknown]>([
    [
      "a task twice in a list: the first starts",
      at(0, [
        { task: 0, to: 1 },
        { task: 0, to: 3 },
      ]),
      [["migrating", 1]],
    ],
    ["a task that has ended", at(1, [{ task: 2, to: 1 }]), [["gone", 1]]],
    ["a task on its own machine", at(0, [{ task: 0, to: 0 }]), [["sameMachine", 1]]],
    ["a task that is latency-critical", at(0, [{ task: 3, to: 1 }]), [["latencyCritical", 1]]],
    ["a machine that is down", at(0, [{ task: 0, to: 2 }]), [["noRoom", 1]]],
    ["a machine that is full", at(0, [{ task: 0, to: 3 }]), [["noRoom", 1]]],
  ])("a move of %s", (_, policy, refused) => {
    expect(firstRefusal(policy)).toEqual(refused);
  });

  it("a placement on a machine that is down or full: the task waits", () => {
    for (const machine of [2, 3]) {
      const { summary } = run({ place: () => machine });
      // The LC task's time passes while it waits; at the end, its last step is still in the future.
      expect(summary.pending).toBe(4);
    }
  });

  it("two caps on one machine: the last one applies", () => {
    const caps = (...cap: number[]): Run => run({ control: () => cap.map((c) => ({ machine: 0, cap: c })) });
    expect(bytesOf(caps(0.1, 0.25))).toEqual(bytesOf(caps(0.25)));
    expect(bytesOf(caps(0.25))).not.toEqual(bytesOf(caps(0.1)));
  });

  it("a list that is changed after it was returned: its first content is used", () => {
    const moves: Move[] = [];
    const rogue: Policy = {
      name: "rogue",
      rebalance(view) {
        moves.length = 0;
        if (view.step === 0) moves.push({ task: 0, to: 1 });
        return moves;
      },
      control() {
        moves.push({ task: NaN, to: NaN });
        return [];
      },
    };
    expect(bytesOf(simulate(workload(), rogue))).toEqual(bytesOf(run(at(0, [{ task: 0, to: 1 }]))));
  });
});

const COLUMNS = [
  ...["cpuCapacity", "memoryCapacity", "load", "lcLoad", "steal", "lcTail"],
  ...["freeMemory", "cpuRequested", "taskCount"],
] as const;

/** Writes wrong values into everything that it was given. */
function vandalize(view: ClusterView): void {
  for (const column of COLUMNS) (view[column as "load"] as unknown as Float64Array).fill(NaN);
  for (let m = 0; m < view.machines; m++) {
    for (const task of view.tasksOn(m)) Object.assign(task, { id: -1, cpu: NaN, memory: NaN, machine: 77 });
    view.history(m).fill(NaN);
  }
}

/** The policy, but it overwrites the view after each answer. */
function vandal(inner: Policy): Policy {
  const after = <T>(view: ClusterView, answer: T): T => {
    vandalize(view);
    return answer;
  };
  return {
    ...inner,
    place: (task, view, random) => after(view, inner.place!(task, view, random)),
    rebalance: (view, random) => after(view, inner.rebalance!(view, random)),
  };
}

const task = fc.record({
  lc: fc.boolean(),
  cpu: fc.array(
    fc.integer({ min: 0, max: 8 }).map((x) => x / 16),
    { minLength: 1, maxLength: 6 },
  ),
  memory: fc.integer({ min: 1, max: 8 }).map((x) => x / 32),
  machine: fc.integer({ min: -1, max: 3 }),
});
const fuzzed = fc
  .record({
    tasks: fc.array(task, { minLength: 1, maxLength: 30 }),
    events: fc.array(
      fc.record({ time: fc.nat(1799), machine: fc.nat(3), kind: fc.constantFrom("add", "remove" as const) }),
      { maxLength: 3 },
    ),
  })
  .map(({ tasks, events }) =>
    tinyWorkload({
      machines: [{}, {}, { cpu: 0.5 }, { memory: 0.25 }],
      tasks,
      events: events.sort((a, b) => a.time - b.time),
      steps: 6,
    }),
  );

describe("in every workload", () => {
  const moving = POLICIES.filter(({ name }) => createPolicy(name).rebalance !== undefined);

  it("a policy that writes into its view does not change the simulation", () => {
    const policies = fc.constantFrom(...moving.map(({ name }) => name));
    fc.assert(
      fc.property(fuzzed, policies, fc.nat(2), (workload, name, staleness) => {
        // `coldest` uses the engine's state, so it is also right for a policy that has overwritten its view.
        const calm = (): Policy => ({ ...createPolicy(name), place: (task, view) => view.coldest(task) });
        const options = { model: { staleness, minGain: 0.01 } };
        const ruined = simulate(workload, vandal(calm()), options);
        expect(bytesOf(ruined)).toEqual(bytesOf(simulate(workload, calm(), options)));
      }),
      { numRuns: 300 },
    );
  });

  it("each move is started, refused for a reason, or reported as invalid", () => {
    const value = fc.oneof(
      { weight: 60, arbitrary: fc.nat(29) },
      { weight: 1, arbitrary: fc.constantFrom(NaN, -1, 0.5, "0", undefined, Infinity, 1e9) },
    );
    const decision = fc.array(fc.record({ task: value, to: value }), { maxLength: 4 });
    const rowOf = (given: unknown, rows: number): unknown =>
      typeof given === "number" && given < 30 ? given % rows : given;
    fc.assert(
      fc.property(fuzzed, fc.array(decision, { minLength: 6, maxLength: 6 }), (workload, decisions) => {
        const offered = decisions.map((moves) =>
          moves.map(({ task, to }) => ({
            task: rowOf(task, workload.executions.start.length),
            to: rowOf(to, 4),
          })),
        );
        const isSane = (row: unknown): boolean => [...Array(30).keys()].includes(row as number);
        const rogue = { name: "rogue", rebalance: ({ step }: ClusterView) => offered[step] as Move[] };
        if (!offered.flat().every(({ task, to }) => isSane(task) && isSane(to))) {
          expect(() => simulate(workload, rogue)).toThrow(
            /^policy rogue at step \d: move \d of rebalance names no /,
          );
          return;
        }
        const { counts, summary } = simulate(workload, rogue);
        const refused = Object.values(counts.refused).reduce((sum, count) => sum + count, 0);
        expect(summary.migrations + refused).toBe(offered.flat().length);
      }),
      { numRuns: 300 },
    );
  });
});
