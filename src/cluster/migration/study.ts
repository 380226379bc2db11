/** The questions that the notebook on migration mechanisms asks, as tables. */
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
 * Returns a table of what each set of stop rules makes of each dirty rate: `rules`, `lambda` (dirty rate over
 * bandwidth), `rounds`, `bytes`, `seconds`, `downtime` (s) and `endedBy` (a StopReason). Without `workingSet`
 * all memory can be dirty.
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
 * Returns a table of pre-copy simulated beside its closed form, where that applies: below lambda = 1, nothing
 * capped. Columns: `lambda`, `rounds`; `seconds` and `downtime` (s) simulated, `closedSeconds` and
 * `closedDowntime` by the formula for as many rounds; `error`, the largest relative difference of bytes,
 * seconds and downtime.
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
 * Returns a table of what each of the migrations costs for each size of memory, in bytes: `migration`,
 * `memory`, `bytes`, `seconds`, `downtime` (s) and `lost`: downtime, and the seconds that the task loses by
 * being throttled or waiting for pages.
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
