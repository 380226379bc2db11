import { describe, expect, it } from "vitest";
import {
  jobEvents,
  executionOf,
  taskEvents,
  timeOf,
  typeOf,
} from "../../../src/traces/google2011-writer/events.js";
import { partOf, PARTS } from "../../../src/traces/google2011/layout.js";
import { generateWorkload } from "../../../src/traces/synthetic/generate.js";
import { OUTCOME } from "../../../src/workload/workload.js";
import { tinyWorkload } from "../../tiny-workload.js";

// Machines fail, and tasks run again: several executions of a task. Two days and more: some tens of
// parts.
const GENERATED = generateWorkload({ machines: 10, steps: 600, seed: 2, failures: true });
const { executions, originSeconds } = GENERATED;
const time = (seconds: number) => Math.round((originSeconds + seconds) * 1e6);

describe("taskEvents", () => {
  const { events, offsets } = taskEvents(GENERATED);
  const rows = Array.from(events, (event) => ({
    time: timeOf(GENERATED, event),
    type: typeOf(GENERATED, event),
    execution: executionOf(event),
  }));

  it("has SUBMIT, SCHEDULE and the end of every execution, once, at their times", () => {
    const expected = Array.from(executions.job, (_, execution) => {
      const before = executions.initial[execution] === 1;
      const begin = [
        { time: before ? 0 : time(executions.submit[execution]), type: 0, execution },
        { time: before ? 0 : time(executions.start[execution]), type: 1, execution },
      ];
      if (executions.outcome[execution] === OUTCOME.alive) return begin;
      return [
        ...begin,
        { time: time(executions.end[execution]), type: executions.outcome[execution], execution },
      ];
    }).flat();
    const byRun = [...rows].sort(
      (a, b) => a.execution - b.execution || Number(a.type > 1) - Number(b.type > 1) || a.type - b.type,
    );
    expect(byRun).toHaveLength(expected.length);
    expect(byRun).toEqual(expected);
  });

  it("is in order of time, then job, then index, and for a task in order of its life", () => {
    const again = new Set<string>();
    for (let i = 1; i < rows.length; i++) {
      const [a, b] = [rows[i - 1], rows[i]];
      const key = ({ time, execution }: typeof a) => [
        BigInt(time),
        executions.job[execution],
        BigInt(executions.index[execution]),
      ];
      const place = key(a).findIndex((value, k) => value !== key(b)[k]);
      if (place >= 0) expect(key(a)[place] < key(b)[place]).toBe(true);
      else
        expect(
          a.execution < b.execution || (a.execution === b.execution && (a.type === 0 || b.type >= 2)),
        ).toBe(true);
    }
    const state = new Map<string, number>();
    for (const { execution, type } of rows) {
      const task = `${executions.job[execution]}/${executions.index[execution]}`;
      const before = state.get(task);
      // SUBMIT comes first or after an end, SCHEDULE after SUBMIT, an end after SCHEDULE.
      if (type === 0) expect(before === undefined || before >= 2).toBe(true);
      else if (type === 1) expect(before).toBe(0);
      else expect(before).toBe(1);
      if (type === 0 && before !== undefined) again.add(task);
      state.set(task, type);
    }
    expect(again.size).toBeGreaterThan(0);
  });

  it("says where the events of each part begin", () => {
    expect(offsets).toHaveLength(PARTS + 1);
    expect(offsets[PARTS]).toBe(events.length);
    for (let part = 0; part < PARTS; part++) {
      for (const row of rows.slice(offsets[part], offsets[part + 1])) expect(partOf(row.time)).toBe(part);
    }
  });
});

describe("jobEvents", () => {
  it("has SUBMIT and SCHEDULE of a job's first task and the end of its last, by hand", () => {
    const workload = tinyWorkload({
      machines: [{}],
      tasks: [
        { start: 300, end: 600, cpu: [1] },
        { start: 300, end: 900, cpu: [1, 1] },
        { start: 600, end: 1200, cpu: [1, 1] },
        { start: 900, cpu: [1] },
      ],
      steps: 4,
    });
    // Two jobs: that of the first and third task, which ends, and that of the others, of which one is alive.
    const jobs = {
      ...workload.executions,
      job: BigInt64Array.of(5n, 6n, 5n, 6n),
      index: Int32Array.of(0, 0, 1, 1),
    };
    const outcome = Uint8Array.of(OUTCOME.finish, OUTCOME.finish, OUTCOME.kill, OUTCOME.alive);
    const submit = Float64Array.of(300, 300, 600, 900);
    const two = { ...workload, executions: { ...jobs, outcome, submit } };
    const { events } = jobEvents(two, taskEvents(two));
    const rows = Array.from(events, (event) => [
      timeOf(two, event) / 1e6,
      Number(two.executions.job[executionOf(event)]),
      typeOf(two, event),
    ]);
    expect(rows).toEqual([
      [300, 5, 0],
      [300, 5, 1],
      [300, 6, 0],
      [300, 6, 1],
      [1200, 5, OUTCOME.kill],
    ]);
  });

  it("names every job once", () => {
    const { events } = jobEvents(GENERATED, taskEvents(GENERATED));
    const submits = events.filter((event) => typeOf(GENERATED, event) === 0);
    const ids = Array.from(submits, (event) => executions.job[executionOf(event)]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids)).toEqual(new Set(executions.job));
  });
});
