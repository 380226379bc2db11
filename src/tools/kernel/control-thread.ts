/**
 * A thread beside the kernel that answers the heartbeat and Jupyter's control port, so that interrupt,
 * restart and shutdown work while a cell computes.
 *
 * A cell is interrupted in three ways, once its own code runs: by SIGINT, which ends code that has not
 * awaited yet (tslab runs it with a watchdog); by a message to the kernel, which ends a cell's wait; and,
 * where neither does within GRACE (it loops without a pause after an await), by the inspector's
 * terminateExecution. The last ends the kernel where the loop is in the callback of a timer or a stream.
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
  /** [0]: number of the request that is carried out, 0 where none is; [1]: 1 while its own code runs. */
  readonly shared: Int32Array;
}

/** What the thread tells the kernel: to end the wait of this request, or that its code was terminated. */
export interface ControlMessage {
  readonly type: "interrupt" | "terminated";
  readonly request: number;
}

/** How long a cell's own code may go on after an interrupt (ms). */
const GRACE = 1000;
const PERIOD = 50;
/** Tries of SIGINT: a signal that comes just before the cell's code does is lost. */
const TRIES = 5;
/** How long a reply may take to leave before the process ends (ms). */
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
    // Compiling is waited for: to end tslab's compiler midway would break it.
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
      // The kernel may be deep in a computation: the signal ends it all the same.
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
      // Not for us, or not signed: a kernel must not die of it.
    }
  }
}

async function serveHeartbeat(): Promise<void> {
  await heartbeat.bind(addressOf(connection, connection.hb_port));
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

await Promise.all([serveControl(), serveHeartbeat()]);
