/** One small figure of every chart of moving a task. */
import {
  closedFormCheck,
  measuredMigrations,
  mechanismsByMemory,
  stopRules,
} from "../../src/charts/migration-mechanisms.js";
import type { Figure } from "../../src/charts/figure.js";
import type { Circumstances } from "../../src/cluster/migration/presets.js";
import { checkClosedForm, compareMechanisms, compareStopRules } from "../../src/cluster/migration/study.js";

const GIVEN: Circumstances = {
  bandwidth: 125e6,
  dirtyShare: 0.01,
  workingSet: 0.1,
  downtimeGoal: 0.3,
  touchedShare: 1 / 3,
  warmShare: 0,
  pageFetch: 102.5e-6,
  faultLoss: 0.5,
  state: 2 ** 20,
};
const GIB = { memory: 2 ** 30, bandwidth: 125e6 };
const ABOUT = { en: "1 GiB at 1 Gbit/s.", zh: "1 GiB，1 Gbit/s。" };
const LAMBDAS = [0.1, 0.3, 0.5, 0.7, 0.9, 1.1];

export const MIGRATION_FIGURES: readonly Figure[] = [
  stopRules(compareStopRules(LAMBDAS, GIB), "rounds", ABOUT),
  stopRules(compareStopRules(LAMBDAS, GIB), "downtime", ABOUT),
  closedFormCheck(checkClosedForm(LAMBDAS.slice(0, 5), GIB), ABOUT),
  mechanismsByMemory(
    compareMechanisms(
      ["pre-copy", "post-copy", "stop-and-copy", "process", "container", "vm", "giantvm"],
      [1e8, 1e9, 1e10],
      GIVEN,
    ),
    "lost",
    ABOUT,
  ),
  measuredMigrations(GIVEN),
];
