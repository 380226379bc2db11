import { defineOrder } from "../order.js";

export const srpt = defineOrder({
  name: "srpt",
  rule:
    "The job with the least work that has not begun goes first; of its tasks, those of the stage with the " +
    "least such work. Work is duration x demand, summed over the resources.",
  source: "Schrage and Miller, The queue M/G/1 with the SRPT discipline, Oper. Res. 1966",
  fidelity: "adapted",
  deviations: ["work of several resources as in Tetris", "tasks are not interrupted"],
  parameters: {},
  create: () => ({ job: ({ jobWork }) => -jobWork, task: ({ stageWork }) => -stageWork }),
});
