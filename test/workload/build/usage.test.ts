import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createSampler,
  createWindows,
  layOutSteps,
  sampleCpu,
  sampleMemory,
  type Span,
} from "../../../src/workload/build/usage.js";
import type { UsageRows } from "../../../src/workload/build/usage-rows.js";
import { groupRows } from "../../../src/workload/build/tasks.js";
import { orderUsage, windowsOf } from "../../../src/workload/build/usage-windows.js";

interface Window {
  start: number;
  end: number;
  cpu: number;
  memory: number;
  machine?: number;
}

interface Sampled {
  cpu: number[];
  memory: number[];
  carried: [number, number];
  counts: Record<string, number>;
}

function usageRows(windows: readonly Window[]): UsageRows {
  return {
    task: Int32Array.from(windows, () => 0),
    start: Float64Array.from(windows, (window) => window.start),
    end: Float64Array.from(windows, (window) => window.end),
    machine: new BigInt64Array(windows.map((window) => BigInt(window.machine ?? -1))),
    cpu: Float64Array.from(windows, (window) => window.cpu),
    memory: Float64Array.from(windows, (window) => window.memory),
  };
}

/** Samples of an execution on machine 7, whose step 0 begins at 0. */
function sample(windows: readonly Window[], span: Span): Sampled {
  const rows = usageRows(windows);
  const counts: Record<string, number> = {};
  const { rows: own } = orderUsage(rows, groupRows(rows.task, 1), counts);
  const longest = Math.max(0, ...windows.map((window) => window.end - window.start));
  const used = new Uint8Array(windows.length);
  const cut = createWindows();
  windowsOf(rows, own, 7n, span, { origin: 0, longest, used, counts, into: cut });
  const sampler = createSampler();
  const firstStep = Math.floor(span.start / span.step);
  const steps = Math.ceil(span.end / span.step) - firstStep;
  const cpu = new Float32Array(steps);
  const memory = new Float32Array(steps);
  const carriedCpu = sampleCpu(sampler, cut, span, { values: cpu, from: 0, steps, firstStep });
  const carriedMemory = sampleMemory(sampler, cut, span, { values: memory, from: 0, steps, firstStep });
  return { cpu: [...cpu], memory: [...memory], carried: [carriedCpu, carriedMemory], counts };
}

const close = (values: readonly number[]): unknown[] =>
  values.map((value): unknown => expect.closeTo(value, 6));

const span = (start: number, end: number): Span => ({ start, end, step: 300 });

describe("samples", () => {
  test("of an execution there for a third of a step at rate .3: CPU .1, memory in full", () => {
    const { cpu, memory, carried } = sample([{ start: 0, end: 300, cpu: 0.3, memory: 0.2 }], span(100, 200));
    expect(cpu).toEqual(close([0.1]));
    expect(memory).toEqual(close([0.2]));
    expect(carried).toEqual([0, 0]);
  });

  test("weigh windows that are shorter than a step and straddle steps by time", () => {
    const windows = [
      { start: 0, end: 60, cpu: 0.5, memory: 0.1 },
      { start: 60, end: 360, cpu: 0.2, memory: 0.3 },
      { start: 360, end: 600, cpu: 0.4, memory: 0.4 },
    ];
    const { cpu, memory } = sample(windows, span(0, 600));
    expect(cpu).toEqual(close([(60 * 0.5 + 240 * 0.2) / 300, (60 * 0.2 + 240 * 0.4) / 300]));
    expect(memory).toEqual(close([(60 * 0.1 + 240 * 0.3) / 300, (60 * 0.3 + 240 * 0.4) / 300]));
  });

  test("do not reach past the death of the task", () => {
    const { cpu, counts } = sample([{ start: 0, end: 330, cpu: 0.3, memory: 0.2 }], span(0, 290));
    expect(cpu).toEqual(close([(0.3 * 290) / 300]));
    expect(counts["usage.clippedToExecution"]).toBe(1);
  });

  test("of a missing window carry the last observation on; before the first, the first", () => {
    const windows = [
      { start: 300, end: 600, cpu: 0.3, memory: 0.2 },
      { start: 1200, end: 1500, cpu: 0.6, memory: 0.4 },
    ];
    const { cpu, memory, carried } = sample(windows, span(0, 1800));
    expect(cpu).toEqual(close([0.3, 0.3, 0.3, 0.3, 0.6, 0.6]));
    expect(memory).toEqual(close([0.2, 0.2, 0.2, 0.2, 0.4, 0.4]));
    expect(carried).toEqual([4, 4]);
  });

  test("take the later of two overlapping windows, and a repeated one once", () => {
    const windows = [
      { start: 0, end: 300, cpu: 0.2, memory: 0.2 },
      { start: 150, end: 300, cpu: 0.4, memory: 0.4 },
      { start: 150, end: 300, cpu: 0.4, memory: 0.4 },
    ];
    const { cpu, memory, counts } = sample(windows, span(0, 300));
    expect(cpu).toEqual(close([0.3]));
    expect(memory).toEqual(close([0.3]));
    expect(counts).toEqual({ "usage.duplicateRows": 1, "usage.overlapping": 1 });
  });

  test("leave the windows of another machine to another execution", () => {
    const windows = [
      { start: 0, end: 300, cpu: 0.2, memory: 0.2, machine: 7 },
      { start: 100, end: 300, cpu: 0.9, memory: 0.9, machine: 8 },
    ];
    const { cpu, counts } = sample(windows, span(0, 300));
    expect(cpu).toEqual(close([0.2]));
    expect(counts["usage.ofOtherMachine"]).toBe(1);
  });

  test("a missing value is no value: its neighbor holds; none at all is reported", () => {
    const windows = [
      { start: 0, end: 300, cpu: 0.2, memory: NaN },
      { start: 300, end: 600, cpu: NaN, memory: NaN },
    ];
    const { cpu, carried } = sample(windows, span(0, 600));
    expect(cpu).toEqual(close([0.2, 0.2]));
    expect(carried).toEqual([1, -1]);
    expect(sample([], span(0, 300)).carried).toEqual([-1, -1]);
  });
});

describe("against a reference that walks second by second", () => {
  const value = fc.integer({ min: 0, max: 100 }).map((hundredths) => hundredths / 100);
  const anyWindow = fc
    .record({
      start: fc.integer({ min: -50, max: 700 }),
      length: fc.integer({ min: 1, max: 250 }),
      cpu: value,
      memory: value,
    })
    .map(({ start, length, cpu, memory }) => ({ start, end: start + length, cpu, memory }));
  const anySpan = fc
    .tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 1, max: 400 }))
    .map(([start, length]) => span(start, start + length));

  test("CPU and memory agree on any windows", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyWindow, { minLength: 1, maxLength: 8, selector: (window) => window.start }),
        anySpan,
        (windows, execution) => {
          const { cpu, memory } = sample(windows, execution);
          const reference = walk(windows, execution);
          expect(cpu).toEqual(close(reference.cpu));
          expect(memory).toEqual(close(reference.memory));
        },
      ),
      { numRuns: 500 },
    );
  });
});

/**
 * The rule, spelled out: at each second the window that started last counts, if it still lasts. CPU: where
 * there is none, the last value before, else the first after. Memory: mean over the seconds that have one; a
 * step without any has the last value before it, else the first after.
 */
function walk(windows: readonly Window[], { start, end, step }: Span): { cpu: number[]; memory: number[] } {
  const inRun = windows.filter((window) => window.start < end && window.end > start);
  if (inRun.length === 0) {
    const steps = Math.ceil(end / step) - Math.floor(start / step);
    return { cpu: new Array<number>(steps).fill(0), memory: new Array<number>(steps).fill(0) };
  }
  const newest = (time: number): Window | undefined =>
    inRun.filter((window) => window.start <= time).sort((a, b) => b.start - a.start)[0];
  const isSeen = (window: Window): boolean => {
    for (let time = start; time < end; time++) {
      if (newest(time) === window && time < window.end) return true;
    }
    return false;
  };
  const seen = inRun.filter(isSeen).sort((a, b) => a.start - b.start);
  const lastSeen = (time: number): Window => seen.filter((window) => window.start <= time).at(-1) ?? seen[0];
  const cpu: number[] = [];
  const memory: number[] = [];
  for (let at = Math.floor(start / step) * step; at < end; at += step) {
    let rate = 0;
    const levels: number[] = [];
    for (let time = Math.max(at, start); time < Math.min(at + step, end); time++) {
      rate += lastSeen(time).cpu;
      const window = newest(time);
      if (window !== undefined && time < window.end) levels.push(window.memory);
    }
    cpu.push(rate / step);
    const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
    memory.push(levels.length > 0 ? mean : lastSeen(at).memory);
  }
  return { cpu, memory };
}

test("executions are laid out one after the other, a sample for every step that they touch", () => {
  const { offsets, firstStep } = layOutSteps(
    Float64Array.of(0, 299, 300),
    Float64Array.of(300, 301, 900),
    300,
  );
  expect([...offsets]).toEqual([0, 1, 3, 5]);
  expect([...firstStep]).toEqual([0, 0, 1]);
});

test("more samples than a workload can number are refused", () => {
  const layOut = (): unknown =>
    layOutSteps(Float64Array.of(0, 0), Float64Array.of(300, 300 * (2 ** 31 - 1)), 300);
  expect(layOut).toThrow(/^too many samples: 2147483648; give fewer machines or steps/);
});
