import { LOAD, type Values } from "../base/parameters.js";
import { definePolicy, type ClusterView } from "./policy.js";
import { traceMachine } from "./trace-machine.js";

const PARAMETERS = {
  highLoad: {
    default: 0.85,
    ...LOAD,
    description: "LC load above which best-effort work stops",
  },
  lowLoad: {
    default: 0.8,
    ...LOAD,
    description: "LC load below which best-effort work may run and grow",
  },
  growthSlack: {
    default: 0.1,
    unit: "of the SLO",
    description: "slack below which best-effort work does not grow",
    min: 0,
    max: 1,
  },
  leastSlack: {
    default: 0.05,
    unit: "of the SLO",
    description: "slack below which best-effort work is reduced to `least`",
    min: 0,
    max: 1,
  },
  coolingSeconds: {
    default: 300,
    unit: "s",
    description: "how long best-effort work stays stopped after a violation",
    min: 0,
    max: 1e6,
  },
  least: {
    default: 0.125,
    unit: "CPU",
    description:
      "CPU with which best-effort work starts and which it keeps: 2 of the reference machine's 16 cores",
    min: 0,
    max: 1000,
  },
  growth: {
    default: 0.125,
    unit: "CPU",
    description: "CPU by which best-effort work grows at a decision",
    min: 0,
    max: 1000,
  },
} as const;

/** State of the controller of one machine. */
interface Controller {
  enabled: boolean;
  mayGrow: boolean;
  /** CPU that best-effort work may use. */
  share: number;
  /** Step before which best-effort work is not enabled again. */
  coolUntil: number;
  /**
   * Share and slack at the previous decision, and the change of the slack per CPU when the share last grew.
   */
  shareBefore: number;
  slackBefore: number;
  gradient: number;
}

export const heraclesPolicy = definePolicy({
  name: "heracles",
  rule:
    "Controls each machine with LC work, with slack = (SLO - LC tail) / SLO. Stops best-effort " +
    "work where the slack is below 0 (for `coolingSeconds`) or the LC load is above `highLoad`; " +
    "lets it run again where the LC load is below `lowLoad`; in between, stops its growth where " +
    "the slack is below `growthSlack`, and reduces it to `least` where the slack is below `leastSlack`. It " +
    "grows by `growth` per decision as long as the slack is expected to stay at `growthSlack` or above, by " +
    "the effect of earlier growth. Best-effort tasks are placed only where they may " +
    "run; no task is moved.",
  family: "co-location",
  source: "Lo et al., Heracles: Improving Resource Efficiency at Scale, ISCA 2015, Algorithm 1",
  fidelity: "adapted",
  deviations: [
    "one decision per step (300 s) instead of every 15 s, so that the 5 minutes of cooldown are one " +
      "decision",
    "the LC tail comes from the queueing model; the LC load is that of all LC tasks over the " +
      "machine's capacity, not over one service's peak",
    "only CPU is controlled, not cache, memory bandwidth, power or network",
    "how much best-effort work grows at a decision, and how the slack is predicted, " +
      "are our choice; after a stop, best-effort work restarts with `least`",
    "stopped best-effort work waits on its machine; it is not killed",
    "machines without LC work are not controlled",
  ],
  parameters: PARAMETERS,
  create(values) {
    const controllers = new Map<number, Controller>();
    const isOpen = (machine: number): boolean => controllers.get(machine)?.enabled ?? true;
    return {
      place(task, view) {
        if (task.latencyCritical) return traceMachine(task, view);
        const own = task.traceMachine;
        return own >= 0 && isOpen(own) && view.fits(task, own) ? own : view.coldest(task, isOpen);
      },
      control: (view) =>
        Array.from({ length: view.machines }, (_, machine) => ({
          machine,
          cap: capOn(machine, view, controllers, values),
        })),
    };
  },
});

function capOn(
  machine: number,
  view: ClusterView,
  controllers: Map<number, Controller>,
  values: Values<typeof PARAMETERS>,
): number {
  const capacity = view.cpuCapacity[machine];
  if (capacity === 0 || view.lcLoad[machine] === 0) {
    controllers.delete(machine);
    return 1;
  }
  const controller = controllers.get(machine) ?? newController();
  controllers.set(machine, controller);
  steer(controller, view, machine, values);
  return Math.min(1, controller.share / capacity);
}

function newController(): Controller {
  return {
    enabled: false,
    mayGrow: false,
    share: 0,
    coolUntil: -Infinity,
    shareBefore: 0,
    slackBefore: 0,
    gradient: 0,
  };
}

/** Algorithm 1 of the paper, and the growth of the share, for one machine. */
function steer(
  controller: Controller,
  view: ClusterView,
  machine: number,
  { highLoad, lowLoad, growthSlack, leastSlack, coolingSeconds, least, growth }: Values<typeof PARAMETERS>,
): void {
  const slack = 1 - view.lcTail[machine];
  const load = view.lcLoad[machine];
  learn(controller, slack);
  const ran = controller.enabled;
  if (slack < 0) {
    controller.enabled = false;
    controller.coolUntil = view.step + coolingSeconds / view.stepSeconds;
  } else if (load > highLoad) {
    controller.enabled = false;
  } else if (load < lowLoad) {
    if (view.step >= controller.coolUntil) {
      controller.enabled = true;
      controller.mayGrow = true;
    }
  } else if (slack < growthSlack) {
    controller.mayGrow = false;
    if (slack < leastSlack) controller.share = Math.min(controller.share, least);
  }
  if (!controller.enabled) {
    controller.share = 0;
    controller.gradient = 0;
  } else if (!ran) {
    controller.share = least;
  } else if (controller.mayGrow && slack + Math.min(0, controller.gradient * growth) >= growthSlack) {
    controller.share = Math.min(view.cpuCapacity[machine], controller.share + growth);
  }
}

/** Learns how the growth at the previous decision changed the slack. */
function learn(controller: Controller, slack: number): void {
  const grown = controller.share - controller.shareBefore;
  if (grown > 0) controller.gradient = (slack - controller.slackBefore) / grown;
  controller.shareBefore = controller.share;
  controller.slackBefore = slack;
}
