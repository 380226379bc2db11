import { defineArchitecture } from "../architecture.js";
import type { Context } from "../architecture.js";
import type { SchedulerParts } from "../parts.js";
import { cellParts, retryParameters, thinkOf, thinkParameters } from "./cell-parameters.js";

const flag = (description: string) =>
  ({ default: 0, unit: "", description, min: 0, max: 1, integer: true }) as const;

const count = (description: string) =>
  ({ default: 1, unit: "schedulers", description, min: 1, integer: true }) as const;

/**
 * Omega. A decision that began with n others under way is refused the more often the longer it took:
 * without conflicts a scheduler's busyness is rate x (tjob + tasks a job x ttask), and each conflict adds
 * another round.
 */
export const omega = defineArchitecture({
  name: "omega",
  rule:
    "Schedulers, several for each class, share the cell's state. Each thinks about one job on its " +
    "private view of the cell, as it was when it began, places there by random first fit, and " +
    "commits. A claim is refused where it does not fit any more or, with `sequenceNumbers`, where the " +
    "machine has been claimed on since. The other claims of the job stand or, with `allOrNothing`, " +
    "are taken back. What is refused is tried again.",
  source:
    "Schwarzkopf et al., Omega: flexible, scalable schedulers for large compute clusters, EuroSys " +
    "2013, section 3.4; google/cluster-scheduler-simulator b882f26, OmegaSimulation.scala",
  fidelity: "faithful",
  deviations: [
    "no copy of the cell: a view keeps only what changes while it is open",
    "mode clean: sequence numbers are compared with those at the beginning; in the program a claim of " +
      "another scheduler can make up for a refused one, so that a machine is claimed twice and the " +
      "program ends",
    "mode clean: time to think counts where no task was placed, too (the program: it does not)",
  ],
  reproduces: "omega-sim",
  parameters: {
    sequenceNumbers: flag("1: any claim since the view was opened is a conflict; 0: only lack of room is"),
    allOrNothing: flag("1: a conflict takes back all claims of the job"),
    batchSchedulers: count("schedulers of each class other than Service"),
    serviceSchedulers: count("schedulers of the class Service"),
    ...thinkParameters({ batchTask: 0.01, serviceTask: 0.01 }),
    ...retryParameters,
  },
  create: (values, context) => ({
    ...cellParts(values, schedulersOf(values, context)),
    see: "snapshot",
    conflict: values.sequenceNumbers === 1 ? "sequence-numbers" : "resource-fit",
    transaction: values.allOrNothing === 1 ? "all-or-nothing" : "incremental",
  }),
});

type Thinks = Parameters<typeof thinkOf>[0];

/** Returns the schedulers of each class, numbered from 1. */
export function schedulersOf(
  values: Thinks & { readonly batchSchedulers: number; readonly serviceSchedulers: number },
  { classes }: Context,
): SchedulerParts[] {
  return classes.flatMap((name) => {
    const schedulers = /^service$/i.test(name) ? values.serviceSchedulers : values.batchSchedulers;
    return Array.from({ length: schedulers }, (_, i) => ({
      name: `${name}-${i + 1}`,
      thinks: { [name]: thinkOf(values, name) },
    }));
  });
}
