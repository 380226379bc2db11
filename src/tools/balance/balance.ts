/** The balancing session: observes, decides and moves until it is stopped, then restores everything. */
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
  /** Work on the machine; empty for a replay with simulated work. */
  readonly targets: readonly Target[];
  /** Reports decisions but moves nothing, so there is no journal and no claim. */
  readonly dryRun?: boolean;
  readonly journalFolder: string;
  /** Called after the work has been claimed and before anything is changed. */
  readonly onStart?: () => void;
  /** Called for each decision, with the results of its moves. */
  readonly onDecision?: (decision: LoggedDecision, observation: Observation) => void;
  /** Called with one-line messages: restored state, ended work. */
  readonly onNote?: (line: string) => void;
}

/**
 * Decides on each observation and makes the moves, until the observations or the work end. Restores all
 * changes before it returns or throws; where that fails, the next start does it.
 * @throws InputError where it could not restore its changes later (see openJournal), and where restoring
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
  // For exits of the process that do not reach `finally`.
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

/**
 * Makes a move. A refused move is returned with its error, and the next decision sees the work in its old
 * place.
 */
function make(move: WorkMove, targets: readonly Target[], nodes: readonly Node[]): LoggedMove {
  try {
    targets.find(({ id }) => id === move.work)?.confine(nodes[move.to]);
    return move;
  } catch (error) {
    return { ...move, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Returns simulated work: its present place, and a function that applies a decision's moves to it. */
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
