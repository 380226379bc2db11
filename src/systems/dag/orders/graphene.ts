import { buildSchedule } from "../graphene/build-schedule.js";
import { beginOrder } from "../graphene/begin-order.js";
import { defineOrder } from "../order.js";
import { quantity } from "./parameters.js";
import { inMeans } from "./tetris.js";

export const graphene = defineOrder({
  name: "graphene",
  rule:
    "Offline: for many sets of troublesome tasks (long ones and those that pack badly), place these " +
    "first into machines x time and the others around them, forward and backward; keep the shortest " +
    "schedule. Online: a machine takes the task with the greatest priority x packing - eta x work of its " +
    "job that has not begun. The priority is the order of the begins offline; packing is the sum over " +
    "the resources of demand x what is free. A job whose deficit is above kappa x the number of " +
    "machines goes first.",
  source:
    "Grandl et al., GRAPHENE: Packing and Dependency-Aware Scheduling for Data-Parallel Clusters, " +
    "OSDI 2016; all rules and numbers are recalled from memory: we did not have the paper and its " +
    "program was not published",
  fidelity: "adapted",
  deviations: [
    "in the end each task is moved to its earliest begin on its machine, which never makes the schedule " +
      "longer: our choice",
    "with T placed forward and backward, each order of the other sets is tried to its end, not only " +
      "around the shorter placement of T: our choice",
    "priority is 1 - (tasks that begin earlier) / tasks, divided by the greatest priority of the job's " +
      "ready tasks: our choice; without the division, jobs that have just begun would go first",
    "work in means, as in tetris here",
    "no place of data, so that no task is remote (penalty .8 in the paper; recalled from memory)",
    "overbooking slows all tasks of a machine in proportion; its score is packing x (1 - " +
      "overbooked): our choice",
    "deficits count placed tasks only, among jobs with ready tasks: our choice",
  ],
  parameters: {
    delta: quantity(0.1, "", "step of the thresholds of troublesome tasks (recalled from memory)", 0.01, 1),
    eta: quantity(0.2, "", "weight of short jobs against packing (recalled from memory)"),
    kappa: quantity(
      0.1,
      "machines",
      "deficit that puts a job first, times the machines (recalled from memory)",
    ),
    overbooking: quantity(
      0,
      "",
      "how far fungible resources may be overbooked, as a share of a machine",
      0,
      4,
    ),
  },
  create: ({ delta, eta, kappa, overbooking }) => ({
    rank: (problem) => beginOrder(buildSchedule(problem, delta).placement),
    job: ({ deficit, machines }) => (deficit > kappa * machines ? deficit : 0),
    task: ({ rank, jobRank, packing, overbooked, jobWork, meanJobWork, meanDemand }) =>
      (rank / jobRank) * packing * (1 - overbooked) - eta * inMeans(jobWork, meanJobWork) * meanDemand,
    overbooking,
  }),
  pack: (problem, { delta }) => buildSchedule(problem, delta).placement,
});
