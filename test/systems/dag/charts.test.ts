/** Tables of packings and schedules, and the timeline. */
import { expect, it } from "vitest";
import { dagTimeline } from "../../../src/systems/dag/charts/dag-timeline.js";
import { dagFromStages } from "../../../src/systems/dag/dag-from.js";
import { troublesomeTasks } from "../../../src/systems/dag/graphene/troublesome-tasks.js";
import { packDag } from "../../../src/systems/dag/pack-dag.js";
import { runDagCases } from "../../../src/systems/dag/run-dag-cases.js";
import { packingTable } from "../../../src/systems/dag/tables.js";

const dag = dagFromStages([
  { id: "a", tasks: 2, duration: 2, cpu: 0.5 },
  { id: "b", duration: 3, cpu: 1, after: ["a"] },
]);

it("draws a bar for each task on its machine, a color for each stage, and the bound", () => {
  const packing = packDag(dag, 1, "fifo");
  const { data, says, layout } = dagTimeline([packing], { bound: 5 });
  expect(data).toHaveLength(2);
  expect(data[0]).toMatchObject({ base: [0, 0], x: [2, 2] });
  expect(data[1]).toMatchObject({ base: [2], x: [3], customdata: ["b"] });
  expect(says?.en).toBe("Ends: fifo 5 s; no schedule ends before 5 s");
  expect(layout.shapes).toMatchObject([{ type: "line", x0: 5 }]);
  expect(() => dagTimeline([])).toThrow(/no packing to draw/);
  expect(() => dagTimeline([packing, packDag({ ...dag }, 1, "fifo")])).toThrow(/of different graphs/);
});

it("makes a row for each task, and for each job and case", () => {
  expect(packingTable(packDag(dag, 1, "fifo")).objects()).toMatchObject([
    { task: "a/1", stage: "a", duration: 2, cpu: 0.5, memory: 0, machine: 0, start: 0, end: 2 },
    { task: "a/2", stage: "a", start: 0 },
    { task: "b", stage: "b", start: 2, end: 5 },
  ]);
  const jobs = [0, 1].map((arrival) => ({ id: String(arrival), arrival, dag }));
  const tables = runDagCases([
    { jobs, machines: 1, order: "fifo", columns: { load: 1 } },
    { jobs, machines: 2, order: "srpt", columns: { load: 2 } },
  ]);
  // One machine, first job first: 0 ends at 5, and b of job 1 has the machine from 7 to 10.
  expect(tables.jobs.objects()).toMatchObject([
    { order: "fifo", load: 1, job: "0", tasks: 3, response: 5, slowdown: 1 },
    { order: "fifo", load: 1, job: "1", response: 9, slowdown: 9 / 5 },
    { order: "srpt", load: 2, job: "0", response: 5 },
    { order: "srpt", load: 2, job: "1", response: 5 },
  ]);
  expect(tables.schedules.objects()).toMatchObject([
    { order: "fifo", load: 1, makespan: 10, responseMean: 7 },
    { order: "srpt", load: 2, makespan: 6, responseMean: 5 },
  ]);
  expect(() => runDagCases([])).toThrow(/no case to schedule/);
});

it("scores tasks by their duration, and stages by how they pack", () => {
  // a: work 2 of CPU in 2 on one machine; b: 3 in 3. On two machines each takes half of them.
  expect(troublesomeTasks(dag, 1)).toMatchObject({
    long: Float64Array.of(2 / 3, 2 / 3, 1),
    frag: Float64Array.of(1, 1, 1),
  });
  expect(troublesomeTasks(dag, 2).frag).toEqual(Float64Array.of(0.5, 0.5, 0.5));
});
