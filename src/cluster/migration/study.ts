/** The questions that the notebook on migration mechanisms asks, as rows. */
import { preCopySeries } from "./closed-form.js";
import { preCopy } from "./pre-copy.js";
import { MIGRATIONS, type Circumstances, type MigrationModel } from "./presets.js";
import {
  plainRules,
  qemuRules,
  thesisRules,
  xenRules,
  type PreCopyRules,
  type StopReason,
} from "./stop-rules.js";

/** Stop rules by name, as a chart shows them. */
export const STOP_RULES: Readonly<Record<string, PreCopyRules>> = {
  plain: plainRules(),
  xen: xenRules(),
  qemu: qemuRules(),
  thesis: thesisRules(),
};

/** Bytes and seconds. */
export interface StopRuleRow {
  readonly rules: string;
  /** Dirty rate over bandwidth. */
  readonly lambda: number;
  readonly rounds: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly downtime: number;
  readonly endedBy: StopReason;
}

/** Returns what each set of stop rules makes of each dirty rate. Without `workingSet` all memory can be dirty. */
export function compareStopRules(
  lambdas: readonly number[],
  { memory, bandwidth, workingSet }: { memory: number; bandwidth: number; workingSet?: number },
): StopRuleRow[] {
  return Object.entries(STOP_RULES).flatMap(([name, rules]) =>
    lambdas.map((lambda): StopRuleRow => {
      const dirtyRate = lambda * bandwidth;
      const { rounds, bytes, seconds, downtime, endedBy } = preCopy({
        memory,
        bandwidth,
        dirtyRate,
        rules,
        ...(workingSet === undefined ? {} : { workingSet }),
      });
      return { rules: name, lambda, rounds, bytes, seconds, downtime, endedBy };
    }),
  );
}

export interface ClosedFormRow {
  readonly lambda: number;
  readonly rounds: number;
  /** Seconds: simulated, and by the formula for as many rounds. */
  readonly seconds: number;
  readonly closedSeconds: number;
  readonly downtime: number;
  readonly closedDowntime: number;
  /** Largest relative difference of bytes, seconds and downtime. */
  readonly error: number;
}

/** Returns pre-copy simulated beside its closed form, where it applies: below lambda = 1, nothing capped. */
export function checkClosedForm(
  lambdas: readonly number[],
  { memory, bandwidth, downtimeGoal = 0.3 }: { memory: number; bandwidth: number; downtimeGoal?: number },
): ClosedFormRow[] {
  return lambdas.map((lambda): ClosedFormRow => {
    const dirtyRate = lambda * bandwidth;
    const cost = preCopy({ memory, bandwidth, dirtyRate, rules: plainRules({ downtimeGoal }) });
    const closed = preCopySeries({ memory, bandwidth, dirtyRate, rounds: cost.rounds });
    const off = (value: number, exact: number): number =>
      exact === 0 ? Math.abs(value) : Math.abs(value / exact - 1);
    return {
      lambda,
      rounds: cost.rounds,
      seconds: cost.seconds,
      closedSeconds: closed.seconds,
      downtime: cost.downtime,
      closedDowntime: closed.downtime,
      error: Math.max(
        off(cost.bytes, closed.bytes),
        off(cost.seconds, closed.seconds),
        off(cost.downtime, closed.downtime),
      ),
    };
  });
}

/** Bytes and seconds. */
export interface MechanismRow {
  readonly migration: MigrationModel;
  readonly memory: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly downtime: number;
  /** Downtime, and what the task loses by being throttled or waiting for pages. */
  readonly lost: number;
}

/** Returns what each of the migrations costs for each size of memory, in bytes. */
export function compareMechanisms(
  names: readonly MigrationModel[],
  memories: readonly number[],
  circumstances: Circumstances,
): MechanismRow[] {
  return names.flatMap((migration) =>
    memories.map((memory): MechanismRow => {
      const cost = MIGRATIONS[migration].cost(memory, circumstances);
      const { bytes, seconds, downtime, stalledAtSource, stalledAtTarget } = cost;
      return {
        migration,
        memory,
        bytes,
        seconds,
        downtime,
        lost: downtime + stalledAtSource + stalledAtTarget,
      };
    }),
  );
}
