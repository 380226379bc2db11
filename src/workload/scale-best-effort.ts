/** Scales the best-effort work of a workload. */
import { InputError } from "../base/errors.js";
import { hashedUniform, hashWords } from "../base/integer-hash.js";
import { pickColumns } from "../base/columns/columns.js";
import { takeUsage } from "./narrow.js";
import { BEST_EFFORT, OUTCOME, type ExecutionColumns, type Workload } from "./workload.js";

/** Copies start up to this many seconds before or after the task they repeat. */
const JITTER_SECONDS = 3600;

/**
 * An execution of the scaled workload: its row in the original workload, and which copy it is (0: the
 * original).
 */
interface Kept {
  readonly row: number;
  readonly copy: number;
  /** The number of steps by which the copy starts later. */
  readonly shift: number;
}

/**
 * Returns the workload with `factor` times the best-effort work; latency-critical tasks and machines do not
 * change.
 *
 * Only the number of best-effort tasks changes, not their CPU and memory: a larger task would be another kind
 * of work, which fits on fewer machines and costs more to move. A hash of seed, job and index gives each task
 * a number u in [0, 1), and all executions of the task occur ceil(factor - u) times. A factor below 1 leaves
 * tasks out, a factor above 1 repeats some or all, and a larger factor only adds executions (common random
 * numbers). Whole factors multiply the work exactly.
 *
 * A copy is one more task of its job, with the index `index + copy * (largest index + 1)`. It has no machine
 * of the trace (policies without a placement rule put it on the least loaded machine), is never `initial`,
 * and counts as modelled. Copies start up to an hour earlier or later, by whole steps and inside the trace,
 * so that they do not all arrive at the same moment. Copies of executions that were running when the trace
 * began or ended keep their times, so they peak together with the original.
 *
 * Factor 1 returns the workload itself. Throws InputError for a factor below 0 or not finite, and where
 * indices would not fit into 32 bits.
 */
export function scaleBestEffort(workload: Workload, factor: number, seed: number = 1): Workload {
  if (!(factor >= 0 && Number.isFinite(factor))) {
    throw new InputError(`invalid factor of best-effort work: ${factor}; give a number of at least 0`);
  }
  if (factor === 1) return workload;
  const spacing = workload.executions.index.reduce((most, index) => Math.max(most, index), 0) + 1;
  if (spacing * Math.ceil(factor) > 2 ** 31) {
    throw new InputError(
      `factor of best-effort work is too large: ${factor}; copies run out of task indices`,
    );
  }
  const kept = inOrder(listKept(workload, factor, seed), workload, spacing);
  const rows = Int32Array.from(kept, ({ row }) => row);
  const taken = takeUsage(workload.usage, rows, 0, Infinity);
  const { provenance } = workload;
  const hasCopies = kept.some(({ copy }) => copy > 0);
  return {
    ...workload,
    executions: moveCopies(pickColumns(workload.executions, rows), kept, {
      spacing,
      stepSeconds: workload.stepSeconds,
    }),
    usage: { ...taken, firstStep: taken.firstStep.map((step, i) => step + kept[i].shift) },
    provenance: {
      ...provenance,
      usage: hasCopies && provenance.usage === "measured" ? "mixed" : provenance.usage,
      options: { ...provenance.options, bestEffortFactor: factor, bestEffortSeed: seed },
    },
  };
}

function listKept({ executions, usage, steps, stepSeconds }: Workload, factor: number, seed: number): Kept[] {
  const most = Math.floor(JITTER_SECONDS / stepSeconds);
  const kept: Kept[] = [];
  for (let row = 0; row < executions.start.length; row++) {
    if (executions.taskClass[row] !== BEST_EFFORT) {
      kept.push({ row, copy: 0, shift: 0 });
      continue;
    }
    const job = executions.job[row];
    const low = Number(BigInt.asIntN(32, job));
    const high = Number(BigInt.asIntN(32, job >> 32n));
    const hash = hashWords(hashWords(low, high, seed), executions.index[row], 0);
    const copies = Math.ceil(factor - hashedUniform(hash, 0));
    const samples = usage.offsets[row + 1] - usage.offsets[row];
    const last = steps - samples - usage.firstStep[row];
    const stays = executions.initial[row] === 1 || executions.outcome[row] === OUTCOME.alive || last <= 0;
    for (let copy = 0; copy < copies; copy++) {
      const wished = Math.round((2 * hashedUniform(hash, copy) - 1) * most);
      const shift = copy === 0 || stays ? 0 : Math.max(-usage.firstStep[row], Math.min(last, wished));
      kept.push({ row, copy, shift });
    }
  }
  return kept;
}

/** Sorts by start, job and index, as in every workload. */
function inOrder(kept: Kept[], { executions, stepSeconds }: Workload, spacing: number): Kept[] {
  const start = ({ row, shift }: Kept): number => executions.start[row] + shift * stepSeconds;
  const index = ({ row, copy }: Kept): number => executions.index[row] + copy * spacing;
  return kept.sort(
    (a, b) =>
      start(a) - start(b) ||
      (executions.job[a.row] < executions.job[b.row]
        ? -1
        : executions.job[a.row] > executions.job[b.row]
          ? 1
          : index(a) - index(b)),
  );
}

function moveCopies(
  executions: ExecutionColumns,
  kept: readonly Kept[],
  { spacing, stepSeconds }: { spacing: number; stepSeconds: number },
): ExecutionColumns {
  kept.forEach(({ copy, shift }, i) => {
    if (copy === 0) return;
    executions.index[i] += copy * spacing;
    executions.submit[i] += shift * stepSeconds;
    executions.start[i] += shift * stepSeconds;
    executions.end[i] += shift * stepSeconds;
    executions.machine[i] = -1;
    executions.initial[i] = 0;
    executions.measured[i] = 0;
  });
  return executions;
}
