import { expect, it } from "vitest";
import { clusterOf } from "../../../src/architectures/cluster.js";
import { jobsFrom } from "../../../src/architectures/jobs/jobs.js";
import { localShare } from "../../../src/architectures/mesos/delay-scheduling.js";
import { schedule } from "../../../src/architectures/schedule.js";

it("localShare equals the values computed by hand", () => {
  // One task, data on one of four agents: local in the first of one, or of three offers.
  expect(localShare(0, 1, 4, 1)).toBeCloseTo(1 / 4, 12);
  expect(localShare(2, 1, 4, 1)).toBeCloseTo(1 - 27 / 64, 12);
  // Two tasks, one skip. First task: local in one of two offers with 1 - (9/16)^2 = 175/256. The second is then
  // local with 7/16; after a first task without its data it has one offer, 1/4.
  const first = 175 / 256;
  expect(localShare(1, 2, 4, 1)).toBeCloseTo((first * (1 + 7 / 16) + (1 - first) / 4) / 2, 12);
});

it("localShare equals the algorithm, offer by offer", () => {
  const [agents, copies, skips] = [11, 3, 4];
  // Expected local tasks of those that are left, after `passed` skips.
  const expected = (left: number, passed: number): number => {
    if (left === 0) return 0;
    const local = 1 - (1 - copies / agents) ** left;
    const other = passed < skips ? expected(left, passed + 1) : expected(left - 1, passed);
    return local * (1 + expected(left - 1, 0)) + (1 - local) * other;
  };
  for (const tasks of [1, 2, 5])
    expect(localShare(skips, tasks, agents, copies)).toBeCloseTo(expected(tasks, 0) / tasks, 12);
});

it("a job alone on idle agents sees each agent once: D + 1 of M have its data with (D + 1)/M", () => {
  const [agents, skips, count] = [20, 4, 3000];
  const jobs = jobsFrom(Array.from({ length: count }, (_, i) => ({ arrival: i, duration: 0.25 })));
  const { near } = schedule(jobs, clusterOf({ machines: agents, slots: 1 }), "mesos-drf", {
    parameters: { copies: 1, skips },
  });
  const share = near!.reduce((sum, one) => sum + one, 0) / count;
  expect(Math.abs(share - 0.25)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / count));
});
