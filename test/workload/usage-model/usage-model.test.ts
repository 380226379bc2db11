import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { USED_OVER_REQUESTED } from "../../../src/workload/usage-model/published.js";
import { TIERS } from "../../../src/workload/tier.js";
import { createUsageLevels } from "../../../src/workload/usage-model/usage-level.js";
import type { ModelledExecution } from "../../../src/workload/usage-model/modelled-execution.js";
import { createUsageModel, productionRhythm } from "../../../src/workload/usage-model/usage-model.js";

const OPTIONS = { seed: 1, stepSeconds: 300, originSeconds: 600 };
const PRIORITY = { free: 0, beb: 4, prod: 9 } as const;
const RUN: ModelledExecution = {
  job: 6_251_639_646n,
  index: 3,
  priority: 9,
  schedulingClass: 3,
  cpuRequest: 0.1,
  memoryRequest: 0.05,
  start: 0,
  end: 3000,
};

const model = createUsageModel(OPTIONS);

function samples(execution: ModelledExecution, of = model): { cpu: number[]; memory: number[] } {
  const count = Math.ceil(execution.end / 300) - Math.floor(execution.start / 300);
  const cpu = new Float32Array(count + 4).fill(-1);
  const memory = new Float32Array(count + 4).fill(-1);
  of(execution, cpu, memory, 2, 2 + count);
  for (const outside of [0, 1, count + 2, count + 3])
    expect([cpu[outside], memory[outside]]).toEqual([-1, -1]);
  return { cpu: [...cpu.subarray(2, 2 + count)], memory: [...memory.subarray(2, 2 + count)] };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe("createUsageModel", () => {
  it("gives CPU and memory between 0 and 1, memory within the request", () => {
    const execution = fc.record({
      job: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
      index: fc.nat(100_000),
      priority: fc.nat(11),
      schedulingClass: fc.nat(3),
      cpuRequest: fc.double({ min: 0, max: 1, noNaN: true }),
      memoryRequest: fc.double({ min: 0, max: 1, noNaN: true }),
      start: fc.double({ min: 0, max: 100_000, noNaN: true }),
      length: fc.double({ min: 1, max: 10_000, noNaN: true }),
    });
    fc.assert(
      fc.property(execution, ({ length, ...rest }) => {
        const { cpu, memory } = samples({ ...rest, end: rest.start + length });
        for (const value of cpu) expect(value >= 0 && value <= 1).toBe(true);
        for (const value of memory) expect(value >= 0 && value <= Math.fround(rest.memoryRequest)).toBe(true);
      }),
    );
  });

  it("depends on seed, job, index and start, not on what was modelled before", () => {
    const first = samples(RUN);
    samples({ ...RUN, job: 5n, start: 50_000, end: 90_000 });
    expect(samples(RUN)).toEqual(first);
    expect(samples(RUN, createUsageModel(OPTIONS))).toEqual(first);
    expect(samples(RUN, createUsageModel({ ...OPTIONS, seed: 2 }))).not.toEqual(first);
    expect(samples({ ...RUN, job: RUN.job + 2n ** 32n })).not.toEqual(first);
    expect(samples({ ...RUN, index: 4 })).not.toEqual(first);
  });

  it("weighs CPU of the first and last step by the time that the execution is there, memory not", () => {
    const whole = samples({ ...RUN, start: 150, end: 1200 });
    const cut = samples({ ...RUN, start: 150, end: 930 });
    expect(cut.cpu).toHaveLength(4);
    expect(cut.cpu.slice(0, 3)).toEqual(whole.cpu.slice(0, 3));
    expect(cut.cpu[3]).toBeCloseTo(whole.cpu[3] * 0.1, 6);
    expect(cut.memory).toEqual(whole.memory);
    const within = samples({ ...RUN, start: 150, end: 210 });
    expect(within.cpu[0]).toBeCloseTo((whole.cpu[0] / 0.5) * 0.2, 6);
  });

  it.each(TIERS)("uses the published share of the request in tier %s", (tier) => {
    const executions = Array.from({ length: 12_000 }, (_, job) =>
      samples({ ...RUN, job: BigInt(job), priority: PRIORITY[tier], end: 300 }),
    );
    const rhythm = tier === "prod" ? productionRhythm(1, 300, 600)[0] : 1;
    const cpu = mean(executions.map((execution) => execution.cpu[0])) / RUN.cpuRequest / rhythm;
    const memory = mean(executions.map((execution) => execution.memory[0])) / RUN.memoryRequest;
    expect(Math.abs(cpu / USED_OVER_REQUESTED.cpu[tier] - 1)).toBeLessThan(0.05);
    expect(Math.abs(memory / USED_OVER_REQUESTED.memory[tier] - 1)).toBeLessThan(0.03);
  });

  it("brings a population to exactly that share, up to the fluctuation of the moment", () => {
    const population = Array.from({ length: 40 }, (_, job) => ({
      ...RUN,
      job: BigInt(job),
      priority: 0,
      end: 864_000,
    }));
    const ratio = (of: typeof model): number => {
      const executions = population.map((execution) => mean(samples(execution, of).cpu));
      return mean(executions) / RUN.cpuRequest / USED_OVER_REQUESTED.cpu.free;
    };
    expect(
      Math.abs(
        ratio(createUsageModel({ ...OPTIONS, levels: createUsageLevels(OPTIONS.seed, population) })) - 1,
      ),
    ).toBeLessThan(0.05);
    expect(Math.abs(ratio(model) - 1)).toBeGreaterThan(0.05);
  });

  it("is alike within a job: median coefficient of variation of CPU near .125", () => {
    const variations = Array.from({ length: 301 }, (_, job) => {
      const cpu = Array.from(
        { length: 30 },
        (_, index) => samples({ ...RUN, job: BigInt(job), index, end: 300 }).cpu[0],
      );
      return Math.sqrt(mean(cpu.map((value) => (value - mean(cpu)) ** 2))) / mean(cpu);
    });
    const median = variations.sort((a, b) => a - b)[150];
    expect(median).toBeGreaterThan(0.08);
    expect(median).toBeLessThan(0.25);
  });
});

describe("productionRhythm", () => {
  it("has mean 1 over a week, its low at night and its high at 11 h EDT", () => {
    const rhythm = productionRhythm(2016, 300, 600);
    expect(Math.abs(mean([...rhythm]) - 1)).toBeLessThan(0.005);
    // Step 0 is Sunday 19:00; Monday 11:30 comes 16.5 hours later, Tuesday 1:30 another 14.
    const monday = rhythm.subarray(60, 348);
    expect(monday.indexOf(Math.max(...monday)) / 12).toBeCloseTo(11.5, 0);
    expect(rhythm[16.5 * 12] / rhythm[30.5 * 12]).toBeGreaterThan(1.2);
  });

  it("begins where the trace says", () => {
    expect(productionRhythm(1, 300, 600 + 3600)[0]).toBeCloseTo(productionRhythm(13, 300, 600)[12], 12);
  });
});
