import { describe, expect, it } from "vitest";
import { frameworkTimes } from "../../src/architectures/framework-times.js";

interface Row {
  readonly taskTimes: string;
  readonly quantity: string;
  readonly published: number;
  readonly expected: number;
  readonly simulated: number;
  readonly error: number;
}

const rows = frameworkTimes({ slots: [4], work: 3, runs: 60, seed: 5 }).objects() as Row[];
const row = (taskTimes: string, quantity: string): Row =>
  rows.find((one) => one.taskTimes === taskTimes && one.quantity === quantity)!;

describe("frameworkTimes", () => {
  it.each([
    // The largest of four numbers from 0 to 1; slots are held idle for 4/5 - 1/2 on average.
    ["constant", "ramp-up", 1, 4 / 5],
    ["constant", "elastic completion", 3.5, 3.5],
    ["constant", "rigid completion", 4, 3.8],
    ["constant", "rigid utilization", 3 / 3.5, 3 / 3.3],
    // 1 + 1/2 + 1/3 + 1/4 = 25/12.
    ["exponential", "ramp-up", Math.log(4), 25 / 12],
    ["exponential", "elastic completion", 4, 4],
    ["exponential", "rigid completion", Math.log(4) + 3, 25 / 12 + 3],
    ["exponential", "rigid utilization", 3 / (Math.log(4) + 2), 3 / (25 / 12 + 2)],
  ])("%s task times, %s: published %d, expected %d", (taskTimes, quantity, published, expected) => {
    const found = row(taskTimes, quantity);
    expect(found.published).toBeCloseTo(published, 12);
    expect(found.expected).toBeCloseTo(expected, 12);
    // An elastic job is made of tasks that take .02, and free slots are offered every .0001.
    const coarse = quantity === "elastic completion" ? 0.04 : 0.001;
    expect(Math.abs(found.simulated - expected)).toBeLessThan(4 * found.error + coarse);
    expect(found.error).toBeLessThan(0.25);
  });

  it.each([
    [{ slots: [1] }, "slots is 1"],
    [{ runs: 1.5 }, "runs is 1.5"],
    [{ work: 0.2 }, "work is 0.2"],
  ])("refuses %j", (options, message) => {
    expect(() => frameworkTimes(options)).toThrow(message);
  });
});
