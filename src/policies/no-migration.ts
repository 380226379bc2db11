import { definePolicy } from "./policy.js";
import { traceMachine } from "./trace-machine.js";

export const noMigrationPolicy = definePolicy({
  name: "no-migration",
  rule: "Leaves every task where the trace ran it.",
  family: "control",
  source: "the trace itself",
  fidelity: "faithful",
  deviations: [
    "a task whose machine in the trace is unknown or full goes to the least loaded machine that fits",
  ],
  parameters: {},
  create: () => ({ place: traceMachine }),
});
