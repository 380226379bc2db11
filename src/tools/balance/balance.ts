/** The session: observe, decide, move, until told to stop; then bring everything back. */
import { InputError } from "../../base/errors.js";
import type { Decider, Work, WorkMove } from "../../systems/giantvm/decide/decider.js";
import type { LoggedDecision, LoggedMove } from "../../systems/giantvm/decide/decisions.js";
import { openJournal } from "./journal.js";
import type { Observation } from "./samples.js";
import type { Target } from "./target.js";
import type { Node } from "./topology.js";

export interface BalanceOptions {
  readonly nodes: readonly Node[];
  readonly decider: Decider;
  /** Work on the machine; none for a replay on paper. */
  readonly targets: readonly Target[];
  /** Decides and says so, but moves nothing: no journal, no lock. */
  readonly dryRun?: boolean;
  readonly journalFolder: string;
  /** Called once the work is ours to move and nothing has been changed yet. */
  readonly onStart?: () => void;
  /** Told of each decision and what became of it, as it is made. */
  readonly onDecision?: (decision: LoggedDecision, observation: Observation) => void;
  /** Told of what is worth a line: state restored, work that ended. */
  readonly onNote?: (line: string) => void;
}

/**
 * Decides on each observation and makes the moves, until the observations or the work end. Whatever it
 * changed is brought back before it returns or throws, and at the next start where it could not.
 * @throws InputError where it could not restore what it would change (openJournal), and where restoring
 * failed.
 */
export async function balance(
  observations: AsyncIterable<Observation>,
  {
    nodes,
    decider,
    targets,
    dryRun = false,
    journalFolder,
    onStart,
    onDecision,
    onNote = () => undefined,
  }: BalanceOptions,
): Promise<void> {
  const acts = !dryRun && targets.length > 0;
  const journal = acts ? openJournal(journalFolder, targets, onNote) : undefined;
  let isRestored = false;
  let failures: string[] = [];
  const restore = (): void => {
    if (isRestored) return;
    isRestored = true;
    failures = journal?.restore() ?? [];
  };
  // Where something ends the process without unwinding this function.
  process.once("exit", restore);
  try {
    onStart?.();
    for await (const observation of observations) {
      const { sample, work } = observation;
      if (targets.length > 0 && work.length === 0) {
        onNote("the work has ended: nothing is left to balance");
        break;
      }
      const { moves, ...decision } = decider.decide(sample, work);
      const made = acts ? moves.map((move) => make(move, targets, nodes)) : moves;
      onDecision?.({ ...decision, work, moves: made }, observation);
    }
  } finally {
    restore();
    process.removeListener("exit", restore);
    for (const failure of failures) onNote(`could not restore: ${failure}`);
  }
  if (failures.length > 0)
    throw new InputError(
      "not everything was restored; remove the cause, then run schedlab balance --restore",
    );
}

/** A move that the machine refuses is told, and the next decision sees the work where it still is. */
function make(move: WorkMove, targets: readonly Target[], nodes: readonly Node[]): LoggedMove {
  try {
    targets.find(({ id }) => id === move.work)?.confine(nodes[move.to]);
    return move;
  } catch (error) {
    return { ...move, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Work on paper: goes where decisions send it. Returns where it is, and what takes in a decision's moves. */
export function paperWork(start: readonly Work[]): {
  readonly placed: () => readonly Work[];
  readonly follow: (moves: readonly WorkMove[]) => void;
} {
  let work = start;
  return {
    placed: () => work,
    follow: (moves) => {
      work = work.map((one) => ({
        ...one,
        node: moves.find(({ work: id }) => id === one.id)?.to ?? one.node,
      }));
    },
  };
}
