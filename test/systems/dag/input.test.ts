/** What is no input is refused with its place and the remedy, whatever its shape. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import * as D from "../../../src/systems/dag/index.js";

type Anything = (...given: unknown[]) => unknown;
const any = (call: unknown): Anything => call as Anything;
const [dagFrom, dagFromStages, packDag, scheduleDags] = [
  D.dagFrom,
  D.dagFromStages,
  D.packDag,
  D.scheduleDags,
].map(any);
const dag = D.dagFrom([
  { id: "a", duration: 3, cpu: 0.5 },
  { id: "b", duration: 2, cpu: 0.6, after: ["a"] },
]);
const job = { id: "j", arrival: 0, dag };
const packing = D.packDag(dag, 2, "fifo");
const own = (rule: unknown): unknown => ({ name: "mine", rule: "x", create: () => rule });
const plan = (pack: unknown): unknown => ({ name: "mine", rule: "x", pack });
const placed = (machine: unknown, start: unknown, end: unknown): unknown =>
  plan(() => ({ machine, start, end }));

/** One value per message; the calls that take a value of the wrong shape are below. */
const REFUSED: readonly [string, () => unknown, RegExp][] = [
  ["rows that are none", () => dagFrom(null), /^the list of tasks is null: give a list of rows$/],
  ["a row that is none", () => dagFrom([null]), /^task row 1 is null: give an object with id, duration/],
  ["a number as text", () => dagFrom([{ duration: "5" }]), /^duration of task row 1 is '5': give a number of 0 or more$/],
  ["a number too large for sums", () => dagFrom([{ duration: 1e308 }]), /is 1e\+308: give a number from 0 to 1e\+100/],
  ["after without a list", () => dagFrom([{ id: "a", duration: 1, after: "a" }]), /^after of task row 1 is 'a': give a list of ids/],
  ["after a number", () => dagFrom([{ id: 1, duration: 1, after: 1 }]), /^after of task row 1 is 1: give a list/],
  ["after null in a list", () => dagFrom([{ duration: 1, after: [null] }]), /^an id in after of task row 1 is null/],
  ["demand without names", () => dagFrom([{ duration: 1, demand: 0.5 }]), /^demand of task row 1 is 0.5: give an object/],
  ["a demand given twice", () => dagFrom([{ duration: 1, cpu: 0.5, demand: { cpu: 0.1 } }]), /^task row 1 has cpu twice/],
  ["a stage named as a task", () => dagFrom([{ id: "x", duration: 1 }, { id: "y", duration: 1, stage: "x" }]), /^stage x of task row 2 has the name of task row 1/],
  ["duration beside durations", () => dagFromStages([{ duration: 1, durations: [1] }]), /^stage row 1 has duration and durations/],
  ["durations without a list", () => dagFromStages([{ durations: 5 }]), /^durations of stage row 1 is 5: give a list/],
  ["too many tasks", () => dagFromStages([{ tasks: 1e10, duration: 1 }]), /stage row 1 is 10000000000: give a whole number from 1 to 1000000/],
  ["too many tasks together", () => dagFromStages(Array.from({ length: 3 }, () => ({ tasks: 5e5, duration: 1 }))), /tasks of all stages is 1500000/],
  ["names that meet", () => dagFromStages([{ id: "a", tasks: 2, duration: 1 }, { id: "a/1", duration: 1 }]), /^task id a\/1 is given twice/],
  ["machines as text", () => packDag(dag, "2", "fifo"), /^machines is '2': give a whole number of 1 or more$/],
  ["machines misspelt", () => packDag(dag, { machines: 2, capcity: { cpu: 9 } }, "fifo"), /unknown key of machines: capcity \(did you mean capacity\?\)/],
  ["capacity as text", () => packDag(dag, { machines: 2, capacity: { cpu: "4" } }, "fifo"), /^cpu of a machine is '4'/],
  ["capacity null", () => packDag(dag, { machines: 2, capacity: null }, "fifo"), /^capacity is null: give an object/],
  ["capacity misspelt", () => packDag(dag, { machines: 2, capacity: { cpus: 4 } }, "fifo"), /a machine has 0: capacity does not name cpu \(did you mean cpus\?\); give capacity.cpu/],
  ["rows in place of a graph", () => packDag([{ duration: 1 }], 2, "fifo"), /^the graph is a list of 1: give what dagFrom/],
  ["a number in place of a graph", () => any(D.boundsOf)(5, 2), /^the graph is 5: give what dagFrom/],
  ["a graph with a changed column", () => packDag({ ...dag, duration: Float64Array.of(NaN, 1) }, 2, "fifo"), /^duration of task a is NaN/],
  ["a graph with links to nowhere", () => packDag({ ...dag, after: { offsets: Int32Array.of(0, 0, 1), nodes: Int32Array.of(7) } }, 2, "fifo"), /^the graph is an object with/],
  ["parameters null", () => packDag(dag, 2, "graphene", { parameters: null }), /^parameters of order graphene is null/],
  ["a parameter as text", () => packDag(dag, 2, "graphene", { parameters: { delta: "1" } }), /invalid delta of order graphene: '1'; it must be a number/],
  ["jobs that are none", () => scheduleDags(null, 2, "fifo"), /^the list of jobs is null/],
  ["a job without a graph", () => scheduleDags([{ id: "j", arrival: 0 }], 2, "fifo"), /^dag of job j is undefined/],
  ["a job's rows", () => scheduleDags([{ ...job, dag: [{ duration: 1 }] }], 2, "fifo"), /^dag of job j is a list of 1/],
  ["arrival as text", () => scheduleDags([{ ...job, arrival: "5" }], 2, "fifo"), /^arrival of job j is '5'/],
  ["a job's misspelt key", () => scheduleDags([{ ...job, arival: 5 }], 2, "fifo"), /unknown key of job 1: arival \(did you mean arrival\?\)/],
  ["ids that are equal as text", () => scheduleDags([{ ...job, id: 1 }, { ...job, id: "1" }], 2, "fifo"), /^job id 1 is given twice/],
  ["jobs of another kind", () => any(D.dagJobsOf)([{ id: "a" }]), /^jobs is a list of 1: give the jobs that jobsFrom/],
  ["costs as text", () => any(D.heftSchedule)(dag, [["3", "4"], ["1", "2"]]), /^a cost of task a is '3'/],
  ["costs too large for sums", () => any(D.heftSchedule)(dag, [[1e308], [1]]), /^a cost of task a is 1e\+308/],
  ["no costs", () => any(D.heftSchedule)(dag, [null, null]), /^costs of task a is null/],
  ["an edge twice", () => any(D.heftSchedule)(dag, [[1], [1]], [{ from: "a", to: "b", time: 1 }, { from: "a", to: "b", time: 2 }]), /from a to b is given twice/],
  ["misspelt options of load", () => any(D.arriveAtLoad)([job], 2, { load: 0.5, sed: 2 }), /unknown option of arriveAtLoad: sed \(did you mean seed\?\)/],
  ["load as text", () => any(D.arriveAtLoad)([job], 2, { load: "1" }), /^load is '1'/],
  ["a range that is none", () => any(D.layered)({ duration: 5 }), /^duration is 5: give two numbers, the smaller one first/],
  ["a range of one", () => any(D.chains)({ demand: [1] }), /^demand is from 1 to undefined/],
  ["spread as text", () => any(D.forkJoin)({ spread: "1" }), /^spread is '1'/],
  ["too many chains", () => any(D.chains)({ chains: 1e6, length: 1e6 }), /^chains x length is 1000000000000: give a whole number from 1/],
  ["misspelt options of the chart", () => any(D.dagTimeline)([packing], { bond: 5 }), /unknown option of dagTimeline: bond \(did you mean bound\?\)/],
  ["one packing without a list", () => any(D.dagTimeline)(packing), /^the list of packings is an object with/],
  ["too few groups", () => any(D.dagTimeline)([packing], { groupOf: [0] }), /^groupOf of task b is undefined/],
  ["a group without a name", () => any(D.dagTimeline)([packing], { groupOf: [0, 1], groups: ["a"] }), /^groupOf of task b is 1: give a whole number from 0 to 0/],
  ["a resource named as a column", () => D.packingTable(D.packDag(D.dagFrom([{ duration: 1, demand: { start: 1 } }]), 1, "fifo")), /^resource start has the name of a column/],
  ["a column that tables have", () => any(D.runDagCases)([{ jobs: [job], machines: 1, order: "fifo", columns: { makespan: 1 } }]), /^case 1 has the column makespan/],
  ["a column of the other table", () => any(D.runDagCases)([{ jobs: [job], machines: 1, order: "fifo", columns: { tasks: 1 } }]), /^case 1 has the column tasks/],
  ["a column seed", () => any(D.runDagCases)([{ jobs: [job], machines: 1, order: "fifo", columns: { seed: 77 } }]), /^case 1 has the column seed/],
  ["columns that differ", () => any(D.runDagCases)([{ load: 1 }, { lod: 2 }].map((columns) => ({ jobs: [job], machines: 1, order: "fifo", columns }))), /^case 2 has the columns lod, case 1 load: give all the same$/],
  ["a misspelt key of a case", () => any(D.runDagCases)([{ jobs: [job], machines: 1, ordr: "fifo" }]), /unknown key of case 1: ordr/],
  ["an order without functions", () => packDag(dag, 2, { name: "mine", rule: "x" }), /^order mine has no function create or pack/],
  ["an order's misspelt key", () => packDag(dag, 2, { name: "mine", rule: "x", creat: () => ({}) }), /unknown key of order mine: creat/],
  ["create of another kind", () => packDag(dag, 2, { name: "mine", rule: "x", create: 5 }), /^order mine has no function create/],
  ["no rule", () => packDag(dag, 2, own(undefined)), /^the rule of order mine is undefined: give an object with rank/],
  ["a rule's misspelt key", () => packDag(dag, 2, own({ tsk: () => 1 })), /unknown key of the rule of order mine: tsk \(did you mean task\?\)/],
  ["a rule without a function", () => packDag(dag, 2, own({ task: 5 })), /^task of order mine is 5: give a function/],
  ["NaN", () => packDag(dag, 2, own({ task: () => NaN })), /^task of order mine returned NaN: return a number/],
  ["a text", () => packDag(dag, 2, own({ job: () => "x" })), /^job of order mine returned 'x': return a number/],
  ["an error", () => packDag(dag, 2, own({ task: () => { throw new Error("boom"); } })), /^task of order mine threw: boom$/],
  ["too few ranks", () => packDag(dag, 2, own({ rank: () => [1] })), /^rank that order mine gives to task . is undefined/],
  ["overbooking below 0", () => packDag(dag, 2, own({ overbooking: -1 })), /^overbooking of order mine is -1/],
  ["no plan", () => packDag(dag, 2, plan(() => undefined)), /^what pack of order mine returned is undefined: give an object with machine, start, end/],
  ["a plan of zeros", () => packDag(dag, 2, placed([0, 0], [0, 0], [0, 0])), /^pack of order mine returned no schedule: task . takes/],
]; // prettier-ignore

it.each(REFUSED)("refuses %s", (_, call, message) => {
  expect(call).toThrow(message);
  expect(call).toThrow(InputError);
});

/** Where a value of any shape may stand. */
const PLACES: Readonly<Record<string, (value: unknown) => unknown>> = {
  rows: (value) => dagFrom(value),
  row: (value) => dagFrom([value]),
  ...Object.fromEntries(
    ["id", "duration", "cpu", "demand", "stage", "after"].map((key) => [
      key,
      (value: unknown) => dagFrom([{ duration: 1, [key]: value }]),
    ]),
  ),
  "stage rows": (value) => dagFromStages(value),
  ...Object.fromEntries(
    ["tasks", "durations"].map((key) => [key, (value: unknown) => dagFromStages([{ [key]: value }])]),
  ),
  dag: (value) => packDag(value, 2, "graphene"),
  machines: (value) => packDag(dag, value, "heft"),
  capacity: (value) => packDag(dag, { machines: 1, capacity: value }, "fifo"),
  order: (value) => packDag(dag, 2, value),
  options: (value) => packDag(dag, 2, "heft", value),
  parameters: (value) => packDag(dag, 2, "graphene", { parameters: value }),
  "troublesome delta": (value) => any(D.troublesomeTasks)(dag, 2, value),
  jobs: (value) => scheduleDags(value, 2, "fifo"),
  job: (value) => scheduleDags([value], 2, "fifo"),
  costs: (value) => any(D.heftSchedule)(dag, value),
  communication: (value) => any(D.heftSchedule)(dag, [[1], [1]], value),
  load: (value) => any(D.arriveAtLoad)([job], 2, { load: value }),
  cases: (value) => any(D.runDagCases)(value),
  case: (value) => any(D.runDagCases)([value]),
  "case columns": (value) =>
    any(D.runDagCases)([{ jobs: [job], machines: 1, order: "fifo", columns: value }]),
  packings: (value) => any(D.dagTimeline)(value),
  packing: (value) => any(D.dagTimeline)([value]),
  "timeline options": (value) => any(D.dagTimeline)([packing], value),
  "own order": (value) =>
    packDag(dag, 2, { name: "mine", rule: "x", parameters: value, create: () => value }),
  "own task": (value) => packDag(dag, 2, own({ task: () => value })),
  "own rank": (value) => packDag(dag, 2, own({ rank: () => value })),
  "own plan": (value) =>
    packDag(
      dag,
      2,
      plan(() => value),
    ),
  ...Object.fromEntries(
    ["seed", "duration", "demand", "spread", "tasks", "stages", "length", "jobs", "query"].flatMap((key) =>
      [D.chains, D.forkJoin, D.layered, D.tpchLike, D.dagJobs].map((make) => [
        `${make.name} ${key}`,
        (value: unknown) => any(make)({ [key]: value }),
      ]),
    ),
  ),
};
const SHAPES: readonly unknown[] = [
  ...[
    null,
    0,
    -1,
    1.5,
    NaN,
    Infinity,
    1e10,
    1e308,
    1e-320,
    "",
    "1",
    "x",
    true,
    [],
    [null],
    ["1", "2"],
    [5, 1],
  ],
  ...[
    {},
    { a: 1 },
    [[]],
    [{}],
    Symbol("s"),
    5n,
    () => 1,
    new Date(0),
    Promise.resolve(1),
    new Float64Array(1),
  ],
];

describe.each(Object.entries(PLACES))("%s", (_, call) => {
  it("takes a value of any shape, or refuses it as an InputError", () => {
    for (const shape of SHAPES) {
      let thrown: unknown;
      try {
        call(shape);
      } catch (error) {
        thrown = error;
      }
      if (thrown !== undefined) expect(thrown, typeof shape).toBeInstanceOf(InputError);
    }
  });
});

it.each([D.chains, D.forkJoin, D.layered, D.tpchLike, D.dagJobs])(
  "%o refuses seeds that are none",
  (make) => {
    for (const seed of [1.5, NaN, "1", null, Infinity, 2 ** 53])
      expect(() => any(make)({ seed })).toThrow(/^seed is .*: give a whole number$/);
    expect(() => any(D.arriveAtLoad)([job], 2, { load: 1, seed: 1.5 })).toThrow(/^seed is 1.5/);
  },
);

it("plans of one's own are feasible, or refused", () => {
  const numbers = fc.array(fc.constantFrom(0, 1, 2, 3, 4, 5), { minLength: 2, maxLength: 2 });
  // Both tasks need more than half a machine, and b waits for a, which takes 3.
  const isFeasible = ([on, on2]: number[], [at, at2]: number[]): boolean =>
    on < 2 && on2 < 2 && at2 >= at + 3;
  fc.assert(
    fc.property(numbers, numbers, (machine, start) => {
      const pack = (problem: D.Problem): unknown => {
        // The tasks of a problem are in another order than the rows.
        const row = (column: number[]): number[] => Array.from(problem.rows, (r) => column[r]);
        return { machine: row(machine), start: row(start), end: row([start[0] + 3, start[1] + 2]) };
      };
      const call = (): unknown => packDag(dag, 2, plan(pack));
      if (isFeasible(machine, start)) expect(call()).toMatchObject({ makespan: start[1] + 2 });
      else expect(call).toThrow(/pack of order mine returned no schedule: task (a|b) (is on|begins)/);
    }),
  );
  const wide = D.dagFrom([{ duration: 2, cpu: 0.6 }, { duration: 2, cpu: 0.6 }]); // prettier-ignore
  expect(() => packDag(wide, 2, placed([1, 1], [0, 1], [2, 3]))).toThrow(/has no room on machine 1 at 1/);
  expect(packDag(wide, 2, placed([1, 1], [0, 2], [2, 4]))).toMatchObject({ makespan: 4 });
});

it("an order that changes the columns it is given changes nothing", () => {
  const rank = ({ dag: { duration } }: D.Problem): Float64Array => duration.sort();
  const made = packDag(dag, 2, own({ rank })) as D.Packing;
  expect([...made.end]).toEqual([3, 5]);
});

it("costs follow rows: machines that no task needs, and long chains", () => {
  const ends = (machines: number): number[] =>
    D.ORDERS.map(({ name }) => D.packDag(dag, machines, name).makespan);
  expect(ends(1e12)).toEqual(ends(2));
  expect(D.optimalMakespan(dag, 1e12)).toBe(5);
  const length = 20_000;
  const after = (i: number): number[] => (i + 1 < length ? [i + 1] : []);
  // Backward, so that each row waits for the next one.
  const chain = D.dagFromStages(Array.from({ length }, (_, i) => ({ id: i, duration: 1, after: after(i) })));
  expect(D.packDag(chain, 2, "fifo").makespan).toBe(length);
  expect(D.boundsOf(chain, 2).best).toBe(length);
});

it("sums of the largest durations stay finite", () => {
  const rows = [1, 2].map((id) => ({ id, duration: 1e100, after: id === 1 ? [] : [1] }));
  const large = D.dagFrom(rows);
  for (const { name } of D.ORDERS) expect(D.packDag(large, 1, name).makespan).toBe(2e100);
  expect(D.optimalMakespan(large, 1)).toBe(2e100);
});
