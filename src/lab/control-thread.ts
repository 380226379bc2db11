/**
 * A thread beside the kernel that answers the heartbeat and Jupyter's control port, so that interrupt, restart and
 * shutdown work while a cell computes.
 *
 * An interrupt takes three forms, in this order: SIGINT, which ends code that has not awaited yet (tslab runs it
 * with a watchdog); a message to the kernel, which ends a cell's wait; and, where the kernel does not take the
 * message during GRACE of one cell's own code (it loops without a pause after an await), the inspector's
 * terminateExecution. The last ends the kernel where the loop is in the callback of a timer or a stream.
 */
import { Session } from "node:inspector";
import { parentPort, workerData } from "node:worker_threads";
import { addressOf, type Connection } from "./connection.js";
import { readMessage, writeMessage, type JupyterMessage } from "./jupyter-message.js";
import { loadZeroMq } from "./tslab.js";

export interface ControlData {
  readonly connection: Connection;
  readonly root: string;
  readonly kernelInfo: unknown;
  /** [0]: number of the cell whose own code runs, 0 where none does; [1]: how many interrupts the kernel has taken. */
  readonly shared: Int32Array;
}

const GRACE = 1000;
const PERIOD = 50;
/** How long a reply may take to leave before the process ends (ms). */
const LAST_WORDS = 100;

const { connection, root, kernelInfo, shared } = workerData as ControlData;
const { key } = connection;
const zeromq = loadZeroMq(root);
const control = new zeromq.Router({ linger: LAST_WORDS });
const heartbeat = new zeromq.Reply({ linger: 0 });

function interrupt(): void {
  const taken = Atomics.load(shared, 1);
  parentPort?.postMessage("interrupt");
  process.kill(process.pid, "SIGINT");
  let cell = Atomics.load(shared, 0);
  let waited = 0;
  const timer = setInterval(() => {
    const current = Atomics.load(shared, 0);
    // Compiling counts for nothing: to end tslab's compiler midway would break it.
    waited = current !== 0 && current === cell ? waited + PERIOD : 0;
    cell = current;
    const isTaken = Atomics.load(shared, 1) !== taken;
    if (!isTaken && waited < GRACE) return;
    clearInterval(timer);
    if (!isTaken) terminate();
  }, PERIOD);
}

function terminate(): void {
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.terminateExecution", () => {
    session.disconnect();
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
