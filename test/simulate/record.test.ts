import { expect, it } from "vitest";
import { simulate } from "../../src/simulate/simulate.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";
import { tinyWorkload } from "../tiny-workload.js";

it("keeps each machine's CPU use and the part of it by LC tasks, as shares of its own capacity", () => {
  const workload = tinyWorkload({
    machines: [{}, { cpu: 0.5 }, {}, { up: false }],
    steps: 2,
    tasks: [
      { lc: true, machine: 0, initial: true, cpu: [0.25, 0.5] },
      { machine: 0, initial: true, cpu: [0.5, 0.125] },
      { lc: true, machine: 1, initial: true, cpu: [0.125, 0.125] },
    ],
  });
  const { machines } = simulate(workload, "no-migration", { keepMachines: true });
  expect(machines?.machines).toBe(4);
  expect([...machines!.cpu]).toEqual([0.75, 0.25, 0, NaN, 0.625, 0.25, 0, NaN]);
  expect([...machines!.lc]).toEqual([0.25, 0.25, 0, NaN, 0.5, 0.25, 0, NaN]);
});

it("adds up to the cluster's LC and BE use, and changes nothing else in a run", () => {
  const workload = generateWorkload({ machines: 20, steps: 12, seed: 3 });
  const kept = simulate(workload, "gini-greedy", { keepMachines: true });
  const { timing: _, machines, ...rest } = kept;
  const { timing: __, machines: none, ...plain } = simulate(workload, "gini-greedy");
  expect(none).toBeUndefined();
  expect(rest).toEqual(plain);
  const { cpu } = workload.machines;
  const total = cpu.reduce((sum, value) => sum + value, 0);
  const share = (column: Float32Array, step: number): number =>
    cpu.reduce((sum, capacity, m) => sum + capacity * column[step * cpu.length + m], 0) / total;
  for (let step = 0; step < 12; step++) {
    expect(share(machines!.lc, step)).toBeCloseTo(kept.steps.lcUtilization[step], 6);
    expect(share(machines!.cpu, step)).toBeCloseTo(kept.steps.utilization[step], 6);
  }
  machines!.lc.forEach((lc, i) => {
    expect(lc).toBeLessThanOrEqual(machines!.cpu[i]);
  });
});
