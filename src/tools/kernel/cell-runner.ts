/** Has cells run one after the other in a process of their own, and returns their outcomes. */
import type { MimeBundle } from "../../notebook/sink.js";
import { PACKAGES } from "../jupyter/project.js";
import { createCompiler } from "./cell-compiler.js";
import { startCellProcess } from "./cell-process.js";
import type { CompiledCell, FromCells, Outcome, Seen } from "./cells/messages.js";
import { readThrown, type Thrown } from "./cells/thrown.js";
import { describeInterrupt, plainFailure, type Failure } from "./failure.js";
import { createLanguage, type Language } from "./language.js";
import { loadTslab } from "./tslab.js";

export type CellOutcome =
  | { readonly status: "ok"; readonly bundle?: MimeBundle }
  | { readonly status: "error"; readonly failure: Failure };

export interface CellRequest {
  readonly source: string;
  /** The cell's id in the notebook. */
  readonly id: string;
  readonly count: number;
  readonly isSilent: boolean;
}

export interface CellRun {
  readonly outcome: CellOutcome;
  /** The failures of the work that the cell left behind, as soon as it has ended. */
  readonly behind: Promise<readonly Failure[]>;
}

export interface CellRunner {
  /** Runs a cell after the one before has run. Never rejects. */
  run(request: CellRequest): Promise<CellRun>;
  /** Ends the running cell. */
  interrupt(): void;
  /** Returns name, message and traceback of an error, in the form of a failed cell. */
  describe(thrown: unknown): Failure;
  readonly language: Language;
  readonly typescriptVersion: string;
  /** Ends the process in which cells run. */
  close(): void;
}

/** What cells tell at any time. */
export interface CellEvents {
  readonly onStream: (name: "stdout" | "stderr", text: string) => void;
  readonly onShow: (bundle: MimeBundle, id: string | undefined) => void;
  /** Something was thrown outside of a cell. */
  readonly onLate: (failure: Failure) => void;
}

/** How long a cell's own code may go on after an interrupt (ms). */
const GRACE = 1000;
const PERIOD = 50;
/** The number of SIGINTs to send, because a signal just before the cell's code starts is lost. */
const TRIES = 5;
/** How long completion waits for what the process of the cells knows (ms). */
const LONGEST_LOOK = 1000;

/** A cell that was sent to the process, and whose work may go on. */
interface Sent {
  readonly number: number;
  readonly onRan: (outcome: Outcome | Failure) => void;
  readonly onEnded: (errors: readonly Thrown[]) => void;
}

/** Returns a cell runner for a notebook in `folder`, which must be the working directory. */
export function createCellRunner(folder: string, events: CellEvents): CellRunner {
  // The process starts while TypeScript is loaded here.
  let cells = startCellProcess(receive, replace);
  const tslab = loadTslab(PACKAGES);
  const compiler = createCompiler(tslab, folder);
  const { describe } = compiler;
  const sent = new Map<number, Sent>();
  const looks = new Map<number, (values: Readonly<Record<string, Seen>>) => void>();
  let numbers = 0;
  let current: Sent | undefined;
  let isReady = false;
  let onReady = (): void => undefined;
  /** Why the process ended while no cell ran, until a cell has told it. */
  let lost: string | undefined;
  let isTerminated = false;

  function receive(message: FromCells): void {
    switch (message.type) {
      case "ready":
        isReady = true;
        onReady();
        break;
      case "stream":
        events.onStream(message.name, message.text);
        break;
      case "show":
        events.onShow(message.bundle, message.id);
        break;
      case "late":
        events.onLate(describe(message.thrown));
        break;
      case "ran":
        sent.get(message.number)?.onRan(message.outcome);
        break;
      case "ended":
        sent.get(message.number)?.onEnded(message.errors);
        break;
      case "looked":
        looks.get(message.number)?.(message.values);
    }
  }

  /** Starts another process for the next cells, and says why to the running cell or to the next one. */
  function replace(how: string): void {
    if (!isReady) throw new Error(`the process in which cells run does not start: ${how}`);
    isReady = false;
    const reason = isTerminated ? "the interrupt met a callback, which cannot be ended alone" : how;
    isTerminated = false;
    compiler.forget();
    if (current === undefined) lost = reason;
    current?.onRan(describeLoss(`the process in which cells run has ended: ${reason}`));
    for (const { onEnded } of sent.values()) onEnded([]);
    cells = startCellProcess(receive, replace);
  }

  function send(cell: CompiledCell, { id, count, isSilent }: CellRequest): Promise<CellRun> {
    const number = ++numbers;
    return new Promise((resolve) => {
      let onEnded: Sent["onEnded"] = () => undefined;
      const behind = new Promise<readonly Failure[]>((resolveBehind) => {
        onEnded = (errors) => {
          sent.delete(number);
          resolveBehind(errors.map(describe));
        };
      });
      const onRan = (outcome: Outcome | Failure): void => {
        current = undefined;
        isTerminated = false;
        if ("status" in outcome && outcome.status === "ok") compiler.accept();
        resolve({ outcome: toOutcome(outcome), behind });
      };
      current = { number, onRan, onEnded };
      sent.set(number, current);
      cells.send({ type: "run", number, id, count, isSilent, ...cell });
    });
  }

  function toOutcome(outcome: Outcome | Failure): CellOutcome {
    if (!("status" in outcome)) return { status: "error", failure: outcome };
    if (outcome.status === "error") return { status: "error", failure: describe(outcome.thrown) };
    if (outcome.status === "interrupted")
      return { status: "error", failure: describeInterrupt(outcome.isWaiting) };
    return outcome;
  }

  async function run(request: CellRequest): Promise<CellRun> {
    const ended = (outcome: CellOutcome): CellRun => ({ outcome, behind: Promise.resolve([]) });
    if (lost !== undefined) {
      const why = `the process in which cells run had ended before this cell: ${lost}`;
      lost = undefined;
      return ended({ status: "error", failure: describeLoss(why) });
    }
    const compiled = compiler.compile(request.source, request.count);
    if ("ename" in compiled) return ended({ status: "error", failure: compiled });
    if (!isReady) await new Promise<void>((resolve) => (onReady = resolve));
    if (compiled.code !== "") return send(compiled, request);
    compiler.accept();
    return ended({ status: "ok" });
  }

  /**
   * Ends the running cell in one of three ways: SIGINT ends code that has not awaited yet (Node runs it with
   * a watchdog); a message ends a cell that waits; and where neither works within GRACE (the code loops
   * without pausing after an await), terminating the code ends it. The last one ends the whole process where
   * the loop is in the callback of a timer or a stream.
   */
  function interrupt(): void {
    if (current === undefined) return;
    const cell = current;
    cells.send({ type: "interrupt", number: cell.number });
    let waited = 0;
    const timer = setInterval(() => {
      if (current !== cell) {
        clearInterval(timer);
        return;
      }
      if (waited < TRIES * PERIOD) cells.signal();
      waited += PERIOD;
      if (waited < GRACE) return;
      clearInterval(timer);
      isTerminated = true;
      cells.send({ type: "terminate", number: cell.number });
    }, PERIOD);
  }

  async function look(names: readonly string[]): Promise<Readonly<Record<string, Seen>>> {
    if (!isReady || current !== undefined) return {};
    const number = ++numbers;
    const values = await new Promise<Readonly<Record<string, Seen>>>((resolve) => {
      looks.set(number, resolve);
      setTimeout(resolve, LONGEST_LOOK, {});
      cells.send({ type: "look", number, names });
    });
    looks.delete(number);
    return values;
  }

  return {
    run,
    interrupt,
    describe: (thrown) => describe(readThrown(thrown)),
    typescriptVersion: tslab.typescript.version,
    language: createLanguage(tslab, { ...compiler, look }),
    close: () => {
      cells.end();
    },
  };
}

function describeLoss(what: string): Failure {
  const evalue = `${what}. Another one runs, which does not know the names of earlier cells: run them again`;
  return plainFailure("CellsEnded", evalue);
}
