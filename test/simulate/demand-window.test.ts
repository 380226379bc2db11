import { describe, expect, it } from "vitest";
import { createDemandWindow, demandAt, renewDemand, WINDOW } from "../../src/simulate/demand-window.js";
import { createState, placeExecution, removeSlot } from "../../src/simulate/state.js";
import { tinyWorkload } from "../tiny-workload.js";

/** A new task in every step, each up to 3 windows long: some begin, end or continue within each window. */
const STEPS = 4 * WINDOW;
const tasks = Array.from({ length: STEPS }, (_, i) => ({
  start: i * 300,
  cpu: Array.from({ length: 1 + ((i * 37) % (3 * WINDOW)) }, (_, k) => ((i * 101 + k) % 64) / 64),
}));
const workload = tinyWorkload({ machines: [{}], tasks, steps: STEPS });
const { offsets, firstStep, cpu, memory } = workload.usage;

describe("demand window", () => {
  it("gives each task its sample of the step while tasks arrive and end, and slots are reused and grow", () => {
    const state = createState(workload);
    const { slots } = state;
    const window = createDemandWindow(workload.usage, slots);
    const room = slots.execution.length;
    for (let step = 0; step < STEPS; step++) {
      for (let run = 0; run < tasks.length; run++) {
        if (firstStep[run] === step)
          renewDemand(window, placeExecution(state, workload, run, { machine: 0, step, arrival: step }));
      }
      const demand = demandAt(window, step);
      for (let slot = 0; slot < slots.high; slot++) {
        if (slots.machine[slot] < 0) continue;
        const row = offsets[slots.execution[slot]] + step - firstStep[slots.execution[slot]];
        expect(demand.cpu[slot]).toBe(cpu[row]);
        expect(demand.memory[slot]).toBe(memory[row]);
        if (slots.lastStep[slot] === step) removeSlot(state, slot);
      }
    }
    expect(slots.execution.length).toBeGreaterThan(room);
    expect(slots.high).toBeLessThan(tasks.length);
  });
});
