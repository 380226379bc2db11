/**
 * A thread that answers the heartbeat and Jupyter's control port, so that interrupt, restart and shutdown
 * work while the kernel's main thread runs a cell.
 *
 * A cell can be interrupted in three ways while its own code runs: SIGINT ends code that has not awaited yet
 * (tslab runs it with a watchdog); a message to the kernel ends a cell that waits; and where neither works
 * within GRACE (the code loops without pausing after an await), the inspector's terminateExecution ends it.
 * The last one ends the whole kernel where the loop is in the callback of a timer or a stream.
 */
import { Session } from "node:inspector";
import { parentPort, workerData } from "node:worker_threads";
import { addressOf, type Connection } from "./connection.js";
import { readMessage, writeMessage, type JupyterMessage } from "./jupyter-message.js";
import { loadZeroMq } from "./tslab.js";

export interface ControlData {
  readonly connection: Connection;
  readonly packages: string;
  readonly kernelInfo: unknown;
  /** [0]: number of the current request, 0 without one; [1]: 1 while the cell's own code runs. */
  readonly shared: Int32Array;
}

/** A message to the kernel: end the wait of this request, or its code was terminated. */
export interface ControlMessage {
  readonly type: "interrupt" | "terminated";
  readonly request: number;
}

/** How long a cell's own code may go on after an interrupt (ms). */
const GRACE = 1000;
const PERIOD = 50;
/** The number of SIGINTs to send, because a signal just before the cell's code starts is lost. */
const TRIES = 5;
/** Time for sending a reply before the process ends (ms). */
const LAST_WORDS = 100;

const { connection, packages, kernelInfo, shared } = workerData as ControlData;
const { key } = connection;
const zeromq = loadZeroMq(packages);
const control = new zeromq.Router({ linger: LAST_WORDS });
const heartbeat = new zeromq.Reply({ linger: 0 });

function tell(message: ControlMessage): void {
  parentPort?.postMessage(message);
}

function interrupt(): void {
  const request = Atomics.load(shared, 0);
  if (request === 0) return;
  let waited = 0;
  let tries = 0;
  const timer = setInterval(() => {
    if (Atomics.load(shared, 0) !== request) {
      clearInterval(timer);
      return;
    }
    // Wait while the cell is compiled, because interrupting tslab's compiler would break it.
    if (Atomics.load(shared, 1) === 0) return;
    if (waited === 0) tell({ type: "interrupt", request });
    if (tries++ < TRIES) process.kill(process.pid, "SIGINT");
    waited += PERIOD;
    if (waited < GRACE) return;
    clearInterval(timer);
    terminate(request);
  }, PERIOD);
}

function terminate(request: number): void {
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.terminateExecution", () => {
    session.disconnect();
    setTimeout(() => {
      tell({ type: "terminated", request });
    }, LAST_WORDS);
  });
}

function answer({ header, content }: JupyterMessage): readonly [string, unknown] | undefined {
  switch (header.msg_type) {
    case "interrupt_request":
      interrupt();
      return ["interrupt_reply", { status: "ok" }];
    case "shutdown_request":
      // A signal ends the kernel even during a computation.
      setTimeout(() => process.kill(process.pid, "SIGTERM"), LAST_WORDS);
      return ["shutdown_reply", { status: "ok", restart: content.restart === true }];
    case "kernel_info_request":
      return ["kernel_info_reply", kernelInfo];
    default:
      return undefined;
  }
}

async function serveControl(): Promise<void> {
  await control.bind(addressOf(connection, connection.control_port));
  for await (const frames of control) {
    try {
      const message = readMessage(key, frames);
      const reply = answer(message);
      if (reply) await control.send(writeMessage(key, message, ...reply));
    } catch {
      // Ignore messages that are malformed or wrongly signed.
    }
  }
}

async function serveHeartbeat(): Promise<void> {
  await heartbeat.bind(addressOf(connection, connection.hb_port));
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

await Promise.all([serveControl(), serveHeartbeat()]);
