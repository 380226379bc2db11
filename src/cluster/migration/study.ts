/** The tables of the notebook on migration mechanisms. */
import { from, type ColumnTable } from "arquero";
import { preCopySeries } from "./closed-form.js";
import type { MigrationCost } from "./cost.js";
import { preCopy } from "./pre-copy.js";
import { MIGRATIONS, type Circumstances, type MigrationModel } from "./presets.js";
import { plainRules, qemuRules, thesisRules, xenRules, type PreCopyRules } from "./stop-rules.js";

/** The stop rules, by the names of their mechanisms in MIGRATIONS. */
export const STOP_RULES = {
  "pre-copy": plainRules(),
  "pre-copy-xen": xenRules(),
  "pre-copy-qemu": qemuRules(),
  "pre-copy-thesis": thesisRules(),
} as const satisfies Partial<Record<MigrationModel, PreCopyRules>>;

/**
 * Returns a table with the result of each set of stop rules for each dirty rate: `migration` (the rules'
 * mechanism in MIGRATIONS), `lambda` (dirty rate over bandwidth), `rounds`, `bytes`, `seconds`, `downtime`
 * (s) and `endedBy` (a StopReason). Without `workingSet` all memory can be dirty.
 */
export function compareStopRules(
  lambdas: readonly number[],
  { memory, bandwidth, workingSet }: { memory: number; bandwidth: number; workingSet?: number },
): ColumnTable {
  const rows = Object.entries(STOP_RULES).flatMap(([migration, rules]) =>
    lambdas.map((lambda) => {
      const dirtyRate = lambda * bandwidth;
      const { rounds, bytes, seconds, downtime, endedBy } = preCopy({
        memory,
        bandwidth,
        dirtyRate,
        rules,
        ...(workingSet === undefined ? {} : { workingSet }),
      });
      return { migration, lambda, rounds, bytes, seconds, downtime, endedBy };
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

/**
 * Returns a table with the life of one migration by each of these models: a row for each phase, in order of
 * time. `migration`; `phase`: "round" (a pass over the memory while the task runs at its source), "stopped",
 * or "fetching" (what is sent after the switch); `number` of a round, else 0; `start` and `seconds`; `bytes`;
 * `lost`, the seconds that the task loses in the phase: all of "stopped", else what it is slowed down or
 * waits. Bytes and seconds add up to those of `compareMechanisms`. A phase of no length is left out.
 *
 * @param options The task's memory in bytes, and the circumstances of its migration.
 */
export function migrationPhases(
  names: readonly MigrationModel[],
  { memory, ...circumstances }: Circumstances & { readonly memory: number },
): ColumnTable {
  return from(
    names.flatMap((migration) =>
      phasesOf(MIGRATIONS[migration].cost(memory, circumstances)).map((phase) => ({ migration, ...phase })),
    ),
  );
}

interface MigrationPhase {
  readonly phase: "round" | "stopped" | "fetching";
  readonly number: number;
  readonly start: number;
  readonly seconds: number;
  readonly bytes: number;
  readonly lost: number;
}

function phasesOf(cost: MigrationCost): MigrationPhase[] {
  const { history = [], bytes, bytesAfter, seconds, switchAfter, downtime, stalledAtTarget } = cost;
  const phases: MigrationPhase[] = [];
  let start = 0;
  for (const { sent, rate, throttle } of history) {
    const lasts = sent / rate;
    const number = phases.length + 1;
    phases.push({ phase: "round", number, start, seconds: lasts, bytes: sent, lost: throttle * lasts });
    start += lasts;
  }
  const before = history.reduce((sum, { sent }) => sum + sent, 0);
  phases.push({
    phase: "stopped",
    number: 0,
    start: switchAfter - downtime,
    seconds: downtime,
    bytes: bytes - before - bytesAfter,
    lost: downtime,
  });
  const after = seconds - switchAfter;
  phases.push({
    phase: "fetching",
    number: 0,
    start: switchAfter,
    seconds: after,
    bytes: bytesAfter,
    lost: stalledAtTarget,
  });
  return phases.filter((phase) => phase.seconds > 0);
}
