import { describe, expect, it } from "vitest";
import { scheduleTimeline } from "../../../../src/systems/architectures/charts/schedule-timeline.js";
import { clusterOf } from "../../../../src/architectures/cluster.js";
import { jobsFrom } from "../../../../src/architectures/jobs/jobs.js";
import { schedule } from "../../../../src/architectures/schedule.js";

const jobs = jobsFrom([
  { id: "a", arrival: 0, duration: 10, tasks: 2 },
  { id: "b", arrival: 4, duration: 5 },
]);
const made = schedule(jobs, clusterOf({ machines: 2, slots: 1 }), "omniscient", { parameters: { delay: 0 } });

describe("scheduleTimeline", () => {
  it("has a bar for each task on a row of its machine, and one for each wait", () => {
    const { data, says, table } = scheduleTimeline([made]);
    const [tasks, waits] = data;
    expect(tasks).toMatchObject({ base: [0, 10, 0], x: [10, 5, 10] });
    expect((tasks.y as number[]).map(Math.floor)).toEqual([0, 0, 1]);
    // Job b waits from 4 to 10, below the machines.
    expect(waits).toMatchObject({ base: [4], x: [6], y: [-1] });
    expect(says?.en).toBe("Mean wait to the first task: omniscient 3 s.");
    expect(table.columns.find(({ name }) => name === "job")!.values).toEqual(["a", "b", "a", "b"]);
  });

  it("cuts bars off where the axis ends", () => {
    const [tasks, waits] = scheduleTimeline([made], { until: 8 }).data;
    expect(tasks).toMatchObject({ base: [0, 0], x: [8, 8] });
    expect(waits).toMatchObject({ base: [4], x: [4] });
  });

  it("draws a task that takes the whole machine as high as its row, others in lanes", () => {
    const mixed = jobsFrom([
      { arrival: 0, durations: [3, 4] },
      { arrival: 5, class: "rigid", cpu: 2, duration: 6 },
    ]);
    const one = clusterOf({ machines: 1, slots: 2 });
    const [small, whole] = scheduleTimeline([schedule(mixed, one, "omniscient")]).data;
    expect(small).toMatchObject({ y: [0.05, 0.5], width: [0.45, 0.45] });
    expect(whole).toMatchObject({ y: [0.05], width: [0.9] });
  });

  it("gives waits no more room than machines", () => {
    const crowd = jobsFrom(Array.from({ length: 9 }, () => ({ arrival: 0, duration: 1 })));
    const one = schedule(crowd, clusterOf({ machines: 1, slots: 1 }), "omniscient", {
      parameters: { delay: 0 },
    });
    const [, waits] = scheduleTimeline([one]).data;
    // Eight waits at -1, -1.5, ..., -4.5 and .4 high, made lower by 4.5.
    (waits.y as number[]).forEach((foot, i) => {
      expect(foot).toBeCloseTo(-(1 + i / 2) / 4.5, 12);
    });
    expect(waits.y).toHaveLength(8);
    for (const height of waits.width as number[]) expect(height).toBeCloseTo(0.4 / 4.5, 12);
  });

  it("gives panels of one architecture their own titles", () => {
    const { says, layout } = scheduleTimeline([made, made], {
      titles: ["before", { en: "after", zh: "之后" }],
    });
    expect(says).toEqual({
      en: "Mean wait to the first task: before 3 s, after 3 s.",
      zh: "至首个任务的平均等待：before 3 s, 之后 3 s。",
    });
    const headings = (layout.annotations as { text: { zh: string } }[]).map(({ text }) => text.zh);
    expect(headings).toEqual([expect.stringContaining("before"), expect.stringContaining("之后")]);
    expect(() => scheduleTimeline([made], { titles: ["a", "b"] })).toThrow("2 titles for 1 charts");
  });

  it("refuses an empty list of schedules and too many tasks", () => {
    expect(() => scheduleTimeline([])).toThrow("no schedule to draw");
    const many = jobsFrom([{ arrival: 0, duration: 1, tasks: 5001 }]);
    const large = schedule(many, clusterOf({ machines: 1, slots: 1 }), "omniscient");
    expect(() => scheduleTimeline([large])).toThrow("5001 tasks are too many to draw");
  });
});
