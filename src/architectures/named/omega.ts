import { defineBuiltIn } from "../architecture.js";
import type { Context } from "../architecture.js";
import type { SchedulerParts } from "../parts.js";
import {
  cellParts,
  isService,
  retryParameters,
  thinkOf,
  thinkParameters,
  THINKING_COUNTS,
} from "./cell-parameters.js";
import { count, flag } from "./parameters.js";

/** How many schedulers a class may have. */
export const SCHEDULERS = { min: 1, max: 10_000 };

/**
 * Without conflicts a scheduler's busyness is rate x (tjob + tasks of a job x ttask); each conflict adds
 * another decision. The longer a decision takes, the more claims of others it meets.
 */
export const omega = defineBuiltIn({
  name: "omega",
  rule:
    "Schedulers, one or more for each class, share the cell's state. A scheduler decides about one job on " +
    "its private view: the state of the cell when the decision began. It places tasks there by random " +
    "first fit and then commits its claims. A claim is refused if it does not fit any more or, with " +
    "`sequenceNumbers`, if another task was claimed on that machine since. The other claims of the job " +
    "are kept or, with `allOrNothing`, canceled. Tasks without a place are decided about again.",
  source:
    "Schwarzkopf et al., Omega: flexible, scalable schedulers for large compute clusters, EuroSys " +
    "2013, section 3.4; google/cluster-scheduler-simulator b882f26, OmegaSimulation.scala",
  fidelity: "faithful",
  deviations: [
    "no copy of the cell: a view holds only what has changed since it was opened",
    "mode clean: sequence numbers are compared with those at the beginning; in the program a claim of " +
      "another scheduler can hide a refused one, so that a machine is claimed twice and the program ends",
    THINKING_COUNTS,
  ],
  reproduces: "omega-sim",
  parameters: {
    sequenceNumbers: flag(
      0,
      "1: each claim since the decision began is a conflict; 0: only lack of room is one",
    ),
    allOrNothing: flag(0, "1: after a conflict all claims of the job are canceled"),
    batchSchedulers: count(1, "schedulers", "for each class other than Service", SCHEDULERS),
    serviceSchedulers: count(1, "schedulers", "for the class Service", SCHEDULERS),
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
    const schedulers = isService(name) ? values.serviceSchedulers : values.batchSchedulers;
    return Array.from({ length: schedulers }, (_, i) => ({
      name: `${name}-${i + 1}`,
      thinks: { [name]: thinkOf(values, name) },
    }));
  });
}
