import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutUsage, usageLines } from "../../../src/traces/google2011-writer/usage-rows.js";
import { generateWorkload } from "../../../src/traces/synthetic/generate.js";
import type { Workload } from "../../../src/workload/workload.js";
import { tinyWorkload } from "../../tiny-workload.js";

const GENERATED = generateWorkload({ machines: 5, steps: 30, seed: 3 });

function linesOf(workload: Workload, from: number, to: number): string[] {
  return [...usageLines(cutUsage(workload, { from, to }))];
}

/** All rows of all samples, by the definition of the columns; ordered at the end. */
function everyRow({ executions, usage, machines, originSeconds, stepSeconds, steps }: Workload) {
  const rows: { step: number; start: number; execution: number; line: string }[] = [];
  const time = (seconds: number) => Math.round((originSeconds + seconds) * 1e6);
  for (let execution = 0; execution < executions.job.length; execution++) {
    for (let at = usage.offsets[execution]; at < usage.offsets[execution + 1]; at++) {
      const step = usage.firstStep[execution] + at - usage.offsets[execution];
      if (step >= steps) continue;
      const start = time(Math.max(executions.start[execution], step * stepSeconds));
      const end = time(Math.min(executions.end[execution], (step + 1) * stepSeconds));
      if (end <= start) continue;
      const rate = Number(((usage.cpu[at] * stepSeconds * 1e6) / (end - start)).toPrecision(6));
      const memory = Number(usage.memory[at].toPrecision(6));
      const place = executions.machine[execution] < 0 ? "" : machines.id[executions.machine[execution]];
      const fields = [
        start,
        end,
        executions.job[execution],
        executions.index[execution],
        place,
        rate,
        memory,
        "",
        "",
        "",
        memory,
      ];
      rows.push({ step, start, execution, line: [...fields, "", "", rate, "", "", "", "", 0, ""].join(",") });
    }
  }
  return rows.sort((a, b) => a.start - b.start || a.execution - b.execution);
}

describe("usageLines", () => {
  it("writes the windows of an execution that comes and goes within steps, by hand", () => {
    const workload = tinyWorkload({
      machines: [{}],
      // From the middle of step 0 to a quarter of step 2; cpu is the mean of a whole step.
      tasks: [{ start: 150, end: 675, cpu: [0.25, 0.3, 0.05], memory: 0.125, machine: 0 }],
      steps: 3,
    });
    const tail = (memory: number, rate: number): string => `${rate},${memory},,,,${memory},,,${rate},,,,,0,`;
    expect(linesOf(workload, 0, 3)).toEqual([
      `150000000,300000000,0,0,0,${tail(0.125, 0.5)}`,
      `300000000,600000000,0,0,0,${tail(0.125, 0.3)}`,
      `600000000,675000000,0,0,0,${tail(0.125, 0.2)}`,
    ]);
  });

  it("writes every sample once, in order, wherever the steps are cut", () => {
    const expected = everyRow(GENERATED);
    expect(expected.length).toBeGreaterThan(1000);
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 29 }), { maxLength: 6 }), (cuts) => {
        const ends = [...cuts.sort((a, b) => a - b), 30];
        const lines = ends.flatMap((to, i) => linesOf(GENERATED, i === 0 ? 0 : ends[i - 1], to));
        expect(lines).toEqual(expected.map(({ line }) => line));
      }),
      { numRuns: 20 },
    );
  });

  it("writes numbers to six digits", () => {
    fc.assert(
      fc.property(fc.float({ min: 0, max: Math.fround(1e9), noNaN: true }), (cpu) => {
        const [line] = linesOf(
          tinyWorkload({ machines: [{}], tasks: [{ cpu: [cpu], machine: 0 }], steps: 1 }),
          0,
          1,
        );
        const rate = line.split(",")[5];
        // Half of the last of six digits, and what a double cannot hold.
        expect(Math.abs(Number(rate) - cpu)).toBeLessThanOrEqual(5.0000001e-6 * cpu);
        expect(Number(Number(rate).toPrecision(6))).toBe(Number(rate));
      }),
    );
  });
});
