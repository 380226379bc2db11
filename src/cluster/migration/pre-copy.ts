/**
 * Pre-copy: the memory is sent while the task runs, memory written meanwhile is sent again, and the rest is
 * sent while the task is stopped.
 */
import { InputError } from "../../base/errors.js";
import type { MigrationCost, Round } from "./cost.js";
import { plainRules, type PreCopyRules, type StopReason } from "./stop-rules.js";

export interface PreCopyOptions {
  /** Memory to move, in bytes. */
  readonly memory: number;
  /** Bytes a second that the network gives. */
  readonly bandwidth: number;
  /** Bytes a second that the task writes to pages already sent. */
  readonly dirtyRate: number;
  /** Most bytes that can be dirty at a time: the writable working set. Default: all of the memory. */
  readonly workingSet?: number;
  /** When the rounds end, and at which rate they send. Default: plainRules(). */
  readonly rules?: PreCopyRules;
}

export interface PreCopyCost extends MigrationCost {
  readonly history: readonly Round[];
  /** Bytes of each pass; the last pass is sent while the task is stopped. */
  readonly passes: readonly number[];
  readonly endedBy: StopReason;
}

/**
 * Returns the cost of an iterative pre-copy (Clark et al., NSDI 2005). Round 1 sends the whole memory; each
 * further round sends the memory written during the previous round. When the rules say so, the task stops and
 * the rest is sent.
 *
 * With lambda = dirtyRate / bandwidth < 1 and no limit by the working set, n rounds and the final pass send
 * memory * (1 - lambda^(n+1)) / (1 - lambda) bytes (Liu et al., HPDC 2011; see closed-form.ts).
 * Throws InputError for a bandwidth that is not above 0 and for negative sizes or rates.
 */
export function preCopy({
  memory,
  bandwidth,
  dirtyRate,
  workingSet = memory,
  rules = plainRules(),
}: PreCopyOptions): PreCopyCost {
  if (!(bandwidth > 0)) throw new InputError(`invalid bandwidth: ${bandwidth}; give bytes a second above 0`);
  for (const [name, value] of Object.entries({ memory, dirtyRate, workingSet })) {
    if (!(value >= 0)) throw new InputError(`invalid ${name} of pre-copy: ${value}; give 0 or more`);
  }
  const rounds: Round[] = [];
  const fastest = Math.min(bandwidth, rules.maxRate ?? Infinity);
  let total = 0;
  let left = memory;
  let slower = 0;
  let stalledAtSource = 0;
  let endedBy: StopReason | undefined;
  while (endedBy === undefined) {
    const sent = left;
    const rate = Math.min(rules.rate?.(rounds) ?? Infinity, fastest);
    const throttle = rules.throttle?.(rounds) ?? 0;
    total += sent;
    // In this form `slower` stays exactly 0 if all rounds go at the full rate.
    slower += sent * (1 / rate - 1 / fastest);
    stalledAtSource += throttle * (sent / rate);
    left = Math.min((dirtyRate * (1 - throttle) * sent) / rate, workingSet);
    rounds.push({ sent, left, total, rate, throttle });
    endedBy = rules.stop(rounds, memory);
  }
  const bytes = total + left;
  const downtime = left / fastest;
  const seconds = bytes / fastest + slower;
  return {
    bytes,
    rounds: rounds.length,
    history: rounds,
    bytesAfter: 0,
    seconds,
    switchAfter: seconds,
    downtime,
    degraded: seconds - downtime,
    stalledAtSource,
    stalledAtTarget: 0,
    passes: [...rounds.map(({ sent }) => sent), left],
    endedBy,
  };
}
