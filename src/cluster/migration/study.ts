/** The tables of the notebook on migration mechanisms. */
import { from, type ColumnTable } from "arquero";
import { preCopySeries } from "./closed-form.js";
import { preCopy } from "./pre-copy.js";
import { MIGRATIONS, type Circumstances, type MigrationModel } from "./presets.js";
import { plainRules, qemuRules, thesisRules, xenRules, type PreCopyRules } from "./stop-rules.js";

/** Stop rules by name. */
export const STOP_RULES: Readonly<Record<string, PreCopyRules>> = {
  plain: plainRules(),
  xen: xenRules(),
  qemu: qemuRules(),
  thesis: thesisRules(),
};

/**
 * Returns a table with the result of each set of stop rules for each dirty rate: `rules`, `lambda` (dirty
 * rate over bandwidth), `rounds`, `bytes`, `seconds`, `downtime` (s) and `endedBy` (a StopReason). Without
 * `workingSet` all memory can be dirty.
 */
export function compareStopRules(
  lambdas: readonly number[],
  { memory, bandwidth, workingSet }: { memory: number; bandwidth: number; workingSet?: number },
): ColumnTable {
  const rows = Object.entries(STOP_RULES).flatMap(([name, rules]) =>
    lambdas.map((lambda) => {
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
  return from(rows);
}

/**
 * Returns a table that compares simulated pre-copy with its closed form. Valid for lambda below 1 without a
 * limit by the working set. Columns: `lambda`, `rounds`; `seconds` and `downtime` (s) simulated,
 * `closedSeconds` and `closedDowntime` by the formula for the same number of rounds; `error`, the largest
 * relative difference of bytes, seconds and downtime.
 */
export function checkClosedForm(
  lambdas: readonly number[],
  { memory, bandwidth, downtimeGoal = 0.3 }: { memory: number; bandwidth: number; downtimeGoal?: number },
): ColumnTable {
  const rows = lambdas.map((lambda) => {
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
  return from(rows);
}

/**
 * Returns a table of the cost of each migration model for each size of memory, in bytes: `migration`,
 * `memory`, `bytes`, `seconds`, `downtime` (s) and `lost`: the downtime plus the seconds that the task loses
 * because it is throttled or waits for pages.
 */
export function compareMechanisms(
  names: readonly MigrationModel[],
  memories: readonly number[],
  circumstances: Circumstances,
): ColumnTable {
  const rows = names.flatMap((migration) =>
    memories.map((memory) => {
      const cost = MIGRATIONS[migration].cost(memory, circumstances);
      const { bytes, seconds, downtime, stalledAtSource, stalledAtTarget } = cost;
      const lost = downtime + stalledAtSource + stalledAtTarget;
      return { migration, memory, bytes, seconds, downtime, lost };
    }),
  );
  return from(rows);
}
