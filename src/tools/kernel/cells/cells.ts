/**
 * The process in which cells run, started by the kernel. A cell may replace the built-ins of this thread:
 * code here calls none that it could do without, and keeps references to the others. The rest is done by a
 * thread with its own built-ins (`bridge`) and by the kernel.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { MessageChannel, Worker } from "node:worker_threads";
import { toBundle } from "../../../notebook/display.js";
import { installSink, type MimeBundle } from "../../../notebook/sink.js";
import { PACKAGES } from "../../jupyter/project.js";
import { createExecutor } from "./executor.js";
import { guardProcess } from "./guard-process.js";
import { lookAt } from "./look-at.js";
import type { FromCells, Outcome, Seen, ToCells } from "./messages.js";
import { readThrown, type Thrown } from "./thrown.js";

const { port1, port2 } = new MessageChannel();
const post: (message: FromCells) => void = port1.postMessage.bind(port1);
new Worker(new URL("bridge.js", import.meta.url), { workerData: { port: port2 }, transferList: [port2] });
const decoder = new TextDecoder("utf8", { ignoreBOM: true });
const decode: (bytes: Uint8Array) => string = decoder.decode.bind(decoder);
const defer = queueMicrotask;

type Run = Extract<ToCells, { type: "run" }>;

/** The cell that runs, or ran last, and what it left behind. */
interface Cell {
  readonly number: number;
  readonly id: string;
  readonly count: number;
  hasRun: boolean;
  /** The number of works that it left behind and that go on. */
  behind: number;
  readonly errors: Thrown[];
}
let cell: Cell = { number: 0, id: "", count: 0, hasRun: true, behind: 0, errors: [] };

const executor = createExecutor(process.cwd(), findTslab);

/** Runs a cell. Its outcome is posted by `end`, since an interrupt can come first. */
async function run(message: Run): Promise<void> {
  const { number, id, count, isSilent } = message;
  const own: Cell = (cell = { number, id, count, hasRun: false, behind: 0, errors: [] });
  // Leave the port's callback first: if an interrupt terminated the cell inside it, the port would be deaf.
  await pause(0);
  try {
    const promise = executor.run(message);
    if (message.isAsync) await promise;
    const value = executor.takeLast(message);
    if (value === undefined || isSilent) end(own, { status: "ok" });
    else end(own, { status: "ok", bundle: await toBundle(value) });
  } catch (thrown) {
    end(own, isInterrupt(thrown) ? INTERRUPTED : { status: "error", thrown: readThrown(thrown) });
  }
}

const INTERRUPTED: Outcome = { status: "interrupted", isWaiting: false };

function isInterrupt(thrown: unknown): boolean {
  try {
    return (thrown as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
  } catch {
    return false;
  }
}

function end(of: Cell, outcome: Outcome): void {
  if (of.hasRun) return;
  // A bundle that cannot be sent throws here, and becomes the cell's error.
  post({ type: "ran", number: of.number, outcome });
  of.hasRun = true;
  endBehind(of);
}

function endBehind({ hasRun, behind, number, errors }: Cell): void {
  if (hasRun && behind === 0) post({ type: "ended", number, errors });
}

async function watch(work: Promise<void>): Promise<void> {
  const of = cell;
  of.behind++;
  try {
    await work;
  } catch (error) {
    of.errors[of.errors.length] = readThrown(error);
  }
  of.behind--;
  endBehind(of);
}

function look(names: readonly string[]): Record<string, Seen> {
  const seen: Record<string, Seen> = {};
  for (const name of names) {
    try {
      if (Object.hasOwn(executor.values, name)) seen[name] = lookAt(executor.values[name]);
    } catch {
      // A value that cannot be read is not completed.
    }
  }
  return seen;
}

function show(bundle: MimeBundle, id?: string): void {
  post({ type: "show", bundle, id });
}

/** Returns tslab's public functions, whose display writes here; undefined for other modules. */
function findTslab(id: string): unknown {
  if (id !== "tslab") return undefined;
  const require = createRequire(join(PACKAGES, "tslab", "dist", "public.js"));
  const jupyter = require("./jupyter.js") as { lastWriteDisplayData: unknown };
  jupyter.lastWriteDisplayData = (written: { data: MimeBundle; transient: { display_id?: string } }) => {
    show(written.data, written.transient.display_id);
  };
  return require("./public.js");
}

function capture(name: "stdout" | "stderr"): typeof process.stdout.write {
  return (chunk: string | Uint8Array, encoding?: unknown, callback?: () => void): boolean => {
    post({ type: "stream", name, text: typeof chunk === "string" ? chunk : decode(chunk) });
    const done = typeof encoding === "function" ? (encoding as () => void) : callback;
    if (done) defer(done);
    return true;
  };
}

// Calls through plotly or danfo are deeper than the default of ten frames, which would not reach the cell.
Error.stackTraceLimit = 100;
process.stdout.write = capture("stdout");
process.stderr.write = capture("stderr");
// SIGINT is for code that runs, which Node's watchdog ends; at other times it must not end the process.
process.on("SIGINT", () => undefined);
for (const event of ["uncaughtException", "unhandledRejection"] as const)
  process.on(event, (thrown: unknown) => {
    post({ type: "late", thrown: readThrown(thrown) });
  });
guardProcess();
installSink({
  write: show,
  get cell() {
    return { id: cell.id, count: cell.count };
  },
  behind: (work) => void watch(work),
});
port1.on("message", (message: ToCells) => {
  if (message.type === "run") void run(message);
  else if (message.type === "look")
    post({ type: "looked", number: message.number, values: look(message.names) });
  else if (message.number === cell.number)
    end(cell, { status: "interrupted", isWaiting: message.type === "interrupt" });
});
post({ type: "ready" });
