/**
 * When pre-copy stops its rounds: the rules of Xen, of QEMU, of the thesis, and the plain rules of this
 * model.
 */
import { PAGE, type Round } from "./cost.js";

/**
 * Why no further round follows: little is left, the last round did not help, or the limit of rounds or
 * traffic is reached.
 */
export type StopReason = "little left" | "no progress" | "rounds" | "traffic";

export interface PreCopyRules {
  /** Most bytes a second, also in the last pass; default: what the network gives. */
  readonly maxRate?: number;
  /** Bytes a second of the next round; default: the maximum. */
  readonly rate?: (past: readonly Round[]) => number;
  /** Share of its CPU taken from the task in the next round; default 0. */
  readonly throttle?: (past: readonly Round[]) => number;
  /**
   * Returns why the task is stopped after the last of these rounds, undefined if it is not. `memory` is the
   * task's memory in bytes.
   */
  readonly stop: (past: readonly Round[], memory: number) => StopReason | undefined;
}

/**
 * Returns the rules of this model's `pre-copy`: stop when the rest takes no longer than the downtime goal,
 * when a round leaves no less than it sent, or when the rounds are used up.
 */
export function plainRules({
  downtimeGoal = 0.3,
  maxRounds = 29,
}: { downtimeGoal?: number; maxRounds?: number } = {}): PreCopyRules {
  return {
    stop(past) {
      const { sent, left, rate } = past[past.length - 1];
      if (left <= rate * downtimeGoal) return "little left";
      if (left >= sent) return "no progress";
      return past.length >= maxRounds ? "rounds" : undefined;
    },
  };
}

const MBIT = 1e6 / 8;

/**
 * Returns the rules of Xen's xc_linux_save.c with adaptive rate: the first round at 100 Mbit/s, each further
 * round at the dirty rate of the previous round plus 50, at most 500. After a round the task stops if the
 * round sent fewer than 50 pages, if it sent more than the previous round although the rate was at its
 * maximum, after 29 rounds, or once more than three times the memory was sent. Xen skips pages that are
 * already dirty again; this is not modelled.
 *
 * With a constant dirty rate no round sends more than the previous round, so the second rule never applies
 * here.
 */
export function xenRules(): PreCopyRules {
  const maxRate = 500 * MBIT;
  return {
    maxRate,
    rate(past) {
      if (past.length === 0) return 100 * MBIT;
      const { sent, left, rate } = past[past.length - 1];
      return Math.min(sent > 0 ? (left * rate) / sent + 50 * MBIT : maxRate, maxRate);
    },
    stop(past, memory) {
      const { sent, total, rate } = past[past.length - 1];
      const sentBefore = past.length > 1 ? past[past.length - 2].sent : memory;
      if (sent < 50 * PAGE) return "little left";
      if (sent > sentBefore && rate === maxRate) return "no progress";
      if (past.length >= 29) return "rounds";
      return total > 3 * memory ? "traffic" : undefined;
    },
  };
}

/** QEMU never ends where the task writes too fast; this model stops after this many rounds. */
const QEMU_MOST_ROUNDS = 1000;

/**
 * Returns QEMU's rules (migration/options.c, ram.c): at most 128 MiB/s; stop when the rest takes no longer
 * than the downtime limit, 300 ms. With `autoConverge` the task loses 20 % of its CPU after the second round
 * that left more than half of what it sent, 10 % more after every two further such rounds, up to 99 %; its
 * dirty rate falls by the same share. In QEMU auto-converge is off by default, and a migration then never
 * ends where lambda >= 1; here a migration also ends when a round leaves no less than it sent and no more CPU
 * can be taken.
 */
export function qemuRules({
  downtimeGoal = 0.3,
  maxRate = 128 * 2 ** 20,
  autoConverge = true,
}: { downtimeGoal?: number; maxRate?: number; autoConverge?: boolean } = {}): PreCopyRules {
  const mostThrottle = autoConverge ? 0.99 : 0;
  const throttle = (past: readonly Round[]): number => {
    const steps = Math.floor(past.filter(({ sent, left }) => left > sent / 2).length / 2);
    return steps === 0 ? 0 : Math.min(0.2 + 0.1 * (steps - 1), mostThrottle);
  };
  return {
    maxRate,
    throttle,
    stop(past) {
      const { sent, left, rate, throttle: taken } = past[past.length - 1];
      if (left <= rate * downtimeGoal) return "little left";
      if (left >= sent && taken >= mostThrottle) return "no progress";
      return past.length >= QEMU_MOST_ROUNDS ? "rounds" : undefined;
    },
  };
}

/**
 * Returns the rule of the thesis (2.4.3): "when round i resends more pages than round i - 1, the virtual
 * machine is frozen". Under the constant dirty rate of this model, rounds never grow, so "more" is read as
 * "no fewer". A round that leaves less than a page also ends the rounds. The thesis gives no limit of rounds;
 * we use Xen's 29.
 */
export function thesisRules({ maxRounds = 29 }: { maxRounds?: number } = {}): PreCopyRules {
  return {
    stop(past) {
      const { sent, left } = past[past.length - 1];
      if (left < PAGE) return "little left";
      if (past.length > 1 && sent >= past[past.length - 2].sent) return "no progress";
      return past.length >= maxRounds ? "rounds" : undefined;
    },
  };
}
