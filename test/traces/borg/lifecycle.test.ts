import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Gap } from "../../../src/traces/borg/gaps.js";
import { buildExecutions } from "../../../src/traces/borg/lifecycle.js";
import { executionAt, type Execution } from "../../../src/workload/build/executions.js";
import { OUTCOME } from "../../../src/workload/workload.js";
import {
  EVICT,
  eventColumns,
  FAIL,
  FINISH,
  KILL,
  LOST,
  SCHEDULE,
  SUBMIT,
  UPDATE_PENDING,
  UPDATE_RUNNING,
  type Event,
} from "../google2011/fixtures.js";

interface Replay {
  executions: Execution[];
  counts: Record<string, number>;
  facts: Readonly<Execution> | undefined;
}

function replay(events: readonly Event[], gaps: readonly Gap[] = []): Replay {
  const counts: Record<string, number> = {};
  const { executions: executions, unstarted } = buildExecutions(eventColumns(events), 1, gaps, counts);
  const nonZero = Object.entries(counts).filter(([, count]) => count > 0);
  return {
    executions: Array.from(executions.task, (_, row) => executionAt(executions, row)),
    counts: Object.fromEntries(nonZero.map(([name, count]) => [name.replace("lifecycle.", ""), count])),
    facts: unstarted.get(0),
  };
}

/** Events as [time, type] or [time, type, machine]. */
const events = (...rows: [number, number, number?][]): Event[] =>
  rows.map(([time, type, machine]) => ({ time, type, machine: machine ?? "" }));

const spans = ({ executions }: Replay): [number, number, number, number][] =>
  executions.map((execution) => [
    execution.start,
    execution.end,
    execution.outcome,
    Number(execution.machine),
  ]);

describe("an execution", () => {
  test.each([
    [EVICT, OUTCOME.evict],
    [FAIL, OUTCOME.fail],
    [FINISH, OUTCOME.finish],
    [KILL, OUTCOME.kill],
    [LOST, OUTCOME.lost],
  ])("goes from SCHEDULE to event %i", (type, outcome) => {
    const result = replay(events([1, SUBMIT], [2, SCHEDULE, 7], [9, type, 7]));
    expect(spans(result)).toEqual([[2, 9, outcome, 7]]);
    expect(result.executions[0].submit).toBe(1);
    expect(result.counts).toEqual({});
  });

  test("is one of several of its task, each with its own submit", () => {
    const result = replay(
      events([1, SUBMIT], [2, SCHEDULE, 7], [9, EVICT, 7], [9, SUBMIT], [12, SCHEDULE, 8], [20, FINISH, 8]),
    );
    expect(spans(result)).toEqual([
      [2, 9, OUTCOME.evict, 7],
      [12, 20, OUTCOME.finish, 8],
    ]);
    expect(result.executions.map((execution) => execution.submit)).toEqual([1, 9]);
  });

  test("under way at the end of the trace is alive", () => {
    const result = replay(events([1, SUBMIT], [2, SCHEDULE, 7]));
    expect(spans(result)).toEqual([[2, Infinity, OUTCOME.alive, 7]]);
    expect(result.counts).toEqual({ aliveAtEnd: 1 });
  });

  test("under way at time 0 starts there: SUBMIT, then SCHEDULE, in either order of rows", () => {
    const rows = events([0, SUBMIT], [0, SCHEDULE, 7], [5, FINISH, 7]);
    expect(spans(replay(rows))).toEqual([[0, 5, OUTCOME.finish, 7]]);
    expect(spans(replay([...rows].reverse()))).toEqual([[0, 5, OUTCOME.finish, 7]]);
  });

  test("of no length is dropped", () => {
    const result = replay(events([1, SUBMIT], [2, SCHEDULE, 7], [2, FINISH, 7]));
    expect(result.executions).toEqual([]);
    expect(result.counts).toEqual({ zeroLengthExecutions: 1 });
  });

  test("takes the machine from SCHEDULE, not from SUBMIT", () => {
    expect(spans(replay(events([0, SUBMIT, 3], [1, SCHEDULE, 7], [2, KILL])))).toEqual([
      [1, 2, OUTCOME.kill, 7],
    ]);
  });
});

describe("in one microsecond", () => {
  test("a running task ends, is submitted and scheduled anew", () => {
    const result = replay(
      events([1, SUBMIT], [2, SCHEDULE, 7], [5, SCHEDULE, 8], [5, SUBMIT], [5, EVICT, 7], [9, FINISH, 8]),
    );
    expect(spans(result)).toEqual([
      [2, 5, OUTCOME.evict, 7],
      [5, 9, OUTCOME.finish, 8],
    ]);
    expect(result.counts).toEqual({});
  });

  test("a pending task that is killed and submitted anew stays pending", () => {
    const result = replay(events([1, SUBMIT], [5, SUBMIT], [5, KILL], [8, SCHEDULE, 7], [9, FINISH, 7]));
    expect(spans(result)).toEqual([[8, 9, OUTCOME.finish, 7]]);
    expect(result.executions[0].submit).toBe(5);
    expect(result.counts).toEqual({ endedBeforeStart: 1 });
  });
});

describe("what the life cycle does not allow", () => {
  test("an end before any start leaves no execution, but what is known of the task", () => {
    const result = replay(events([1, SUBMIT], [5, FINISH]));
    expect(result.executions).toEqual([]);
    expect(result.counts).toEqual({ endedBeforeStart: 1 });
    expect(result.facts).toMatchObject({ submit: 1, end: 5, outcome: OUTCOME.finish });
  });

  test("an end of an unknown task is dropped", () => {
    const result = replay(events([5, FINISH, 7]));
    expect(result.executions).toEqual([]);
    expect(result.counts).toEqual({ endedUnknown: 1 });
  });

  test("a second end is dropped", () => {
    const result = replay(events([1, SUBMIT], [2, SCHEDULE, 7], [5, FAIL, 7], [6, KILL, 7]));
    expect(spans(result)).toEqual([[2, 5, OUTCOME.fail, 7]]);
    expect(result.counts).toEqual({ endedUnknown: 1 });
  });

  test("SCHEDULE or SUBMIT while running ends the execution there, outcome lost", () => {
    const scheduled = replay(events([1, SUBMIT], [2, SCHEDULE, 7], [5, SCHEDULE, 8], [9, FINISH, 8]));
    expect(spans(scheduled)).toEqual([
      [2, 5, OUTCOME.lost, 7],
      [5, 9, OUTCOME.finish, 8],
    ]);
    expect(scheduled.counts).toEqual({ scheduledWhileRunning: 1 });
    const submitted = replay(events([1, SUBMIT], [2, SCHEDULE, 7], [5, SUBMIT]));
    expect(spans(submitted)).toEqual([[2, 5, OUTCOME.lost, 7]]);
    expect(submitted.counts).toEqual({ submittedWhileRunning: 1, pendingAtEnd: 1 });
  });

  test("SCHEDULE without SUBMIT starts an execution nevertheless", () => {
    const result = replay(events([2, SCHEDULE, 7], [5, FINISH, 7]));
    expect(spans(result)).toEqual([[2, 5, OUTCOME.finish, 7]]);
    expect(result.executions[0].submit).toBe(2);
    expect(result.counts).toEqual({ scheduledWithoutSubmit: 1 });
  });

  test("a row that is there twice counts once", () => {
    const row: Event = { time: 2, type: SCHEDULE, machine: 7 };
    const result = replay([{ time: 1, type: SUBMIT }, row, row]);
    expect(spans(result)).toEqual([[2, Infinity, OUTCOME.alive, 7]]);
    expect(result.counts).toEqual({ duplicateEvents: 1, aliveAtEnd: 1 });
  });
});

describe("requests", () => {
  test("of SCHEDULE replace those of SUBMIT, unless they are empty", () => {
    const submit = { time: 1, type: SUBMIT, cpu: 0.1, memory: 0.2 };
    const differing = replay([submit, { time: 2, type: SCHEDULE, cpu: 0.3, memory: 0.2 }]);
    expect(differing.executions[0]).toMatchObject({ cpu: 0.3, memory: 0.2 });
    expect(differing.counts).toEqual({ requestDiffersAtSchedule: 1, aliveAtEnd: 1 });
    const empty = replay([submit, { time: 2, type: SCHEDULE }]);
    expect(empty.executions[0]).toMatchObject({ cpu: 0.1, memory: 0.2 });
    expect(empty.counts).toEqual({ aliveAtEnd: 1 });
  });

  test("that are missing everywhere stay missing; that of the end fills in", () => {
    expect(replay(events([1, SUBMIT], [2, SCHEDULE, 7])).executions[0].cpu).toBeNaN();
    const atEnd = replay([...events([1, SUBMIT], [2, SCHEDULE, 7]), { time: 3, type: KILL, cpu: 0.4 }]);
    expect(atEnd.executions[0].cpu).toBe(0.4);
  });

  test("change with UPDATE_PENDING before the execution and UPDATE_RUNNING in it", () => {
    const result = replay([
      { time: 1, type: SUBMIT, cpu: 0.1, priority: 1 },
      { time: 2, type: UPDATE_PENDING, cpu: 0.2, priority: 2 },
      { time: 3, type: SCHEDULE, machine: 7, priority: 2 },
      { time: 4, type: UPDATE_RUNNING, cpu: 0.5, priority: 4, schedulingClass: 3, machine: 7 },
      { time: 5, type: FINISH, cpu: 0.9, priority: 4, machine: 7 },
    ]);
    expect(result.executions).toHaveLength(1);
    expect(result.executions[0]).toMatchObject({
      start: 3,
      end: 5,
      cpu: 0.5,
      priority: 4,
      schedulingClass: 3,
    });
    expect(result.counts).toEqual({ updatedWhileRunning: 1 });
  });
});

describe("a missing part, from 10 to 20", () => {
  const gaps: Gap[] = [{ from: 10, to: 20 }];

  test.each([
    [SUBMIT, []],
    [SCHEDULE, [[25, Infinity, OUTCOME.alive, 8]]],
  ])("an execution open before it whose task then has event %i ended where it begins", (type, then) => {
    const result = replay(events([1, SUBMIT], [2, SCHEDULE, 7], [25, type, 8]), gaps);
    expect(spans(result)).toEqual([[2, 10, OUTCOME.lost, 7], ...then]);
    expect(result.counts["gapEndedExecutions"]).toBe(1);
  });

  test("an execution open before it that ends after it, on the same machine or on none, is one execution", () => {
    for (const machine of [7, undefined]) {
      const result = replay(events([1, SUBMIT], [2, SCHEDULE, 7], [25, FINISH, machine]), gaps);
      expect(spans(result)).toEqual([[2, 25, OUTCOME.finish, 7]]);
    }
  });

  test("an execution that ends on another machine after it is two executions", () => {
    const result = replay(events([1, SUBMIT], [2, SCHEDULE, 7], [25, FINISH, 8]), gaps);
    expect(spans(result)).toEqual([
      [2, 10, OUTCOME.lost, 7],
      [20, 25, OUTCOME.finish, 8],
    ]);
    expect(result.counts).toEqual({ gapEndedExecutions: 1, gapStartedExecutions: 1 });
  });

  test("an end after it of a task not known to run: the execution begins where the gap ends", () => {
    const unknown = replay(events([25, FINISH, 7]), gaps);
    expect(spans(unknown)).toEqual([[20, 25, OUTCOME.finish, 7]]);
    expect(unknown.executions[0].submit).toBe(20);
    const pending = replay(events([4, SUBMIT], [25, FINISH, 7]), gaps);
    expect(spans(pending)).toEqual([[20, 25, OUTCOME.finish, 7]]);
    expect(pending.executions[0].submit).toBe(4);
    const dead = replay(
      events([1, SUBMIT], [2, SCHEDULE, 7], [5, FAIL, 7], [25, EVICT, 8], [25, SUBMIT]),
      gaps,
    );
    expect(spans(dead)).toEqual([
      [2, 5, OUTCOME.fail, 7],
      [20, 25, OUTCOME.evict, 8],
    ]);
    expect(dead.counts).toEqual({ gapStartedExecutions: 1, pendingAtEnd: 1 });
  });

  test("an execution not heard of again is carried on", () => {
    const result = replay(events([1, SUBMIT], [2, SCHEDULE, 7]), gaps);
    expect(spans(result)).toEqual([[2, Infinity, OUTCOME.alive, 7]]);
    expect(result.counts).toEqual({ aliveAtEnd: 1, gapCarriedExecutions: 1 });
  });

  test("events on one side of it only are not touched by it", () => {
    const before = events([1, FINISH, 7], [2, SUBMIT], [3, SCHEDULE, 7], [4, SCHEDULE, 8], [6, FINISH, 8]);
    expect(replay(before, gaps).counts).toEqual({ endedUnknown: 1, scheduledWhileRunning: 1 });
    const after = replay(events([21, SUBMIT], [22, SCHEDULE, 7], [23, FINISH, 8]), gaps);
    expect(spans(after)).toEqual([[22, 23, OUTCOME.finish, 7]]);
    expect(after.counts).toEqual({});
  });

  test("two gaps: a lost execution ends at the first, one started in them begins at the second's end", () => {
    const two = [...gaps, { from: 30, to: 40 }];
    expect(spans(replay(events([2, SCHEDULE, 7], [50, FINISH, 8]), two))).toEqual([
      [2, 10, OUTCOME.lost, 7],
      [40, 50, OUTCOME.finish, 8],
    ]);
  });
});

describe("properties", () => {
  const anyEvent: fc.Arbitrary<Event> = fc.record({
    time: fc.integer({ min: 0, max: 40 }),
    type: fc.integer({ min: 0, max: 8 }),
    machine: fc.constantFrom<(number | "")[]>("", 1, 2),
    cpu: fc.constantFrom<(number | "")[]>("", 0.1, 0.2),
    priority: fc.constantFrom(0, 9),
  });
  const anyGaps = fc.constantFrom<Gap[][]>(
    [],
    [{ from: 10, to: 20 }],
    [
      { from: -1, to: 0 },
      { from: 12, to: 30 },
    ],
  );

  test("executions do not depend on the order of rows", () => {
    fc.assert(
      fc.property(
        fc
          .array(anyEvent, { maxLength: 14 })
          .chain((rows) =>
            fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }), anyGaps),
          ),
        ([rows, shuffled, gaps]) => {
          expect(replay(shuffled, gaps)).toEqual(replay(rows, gaps));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("executions of a task have a length and never overlap", () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 25 }), anyGaps, (rows, gaps) => {
        const { executions } = replay(rows, gaps);
        for (const [i, execution] of executions.entries()) {
          expect(execution.end).toBeGreaterThan(execution.start);
          expect(execution.submit).toBeLessThanOrEqual(execution.start);
          if (i > 0) expect(execution.start).toBeGreaterThanOrEqual(executions[i - 1].end);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
