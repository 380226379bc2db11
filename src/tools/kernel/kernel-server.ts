/**
 * The kernel's side of Jupyter's protocol: runs one cell at a time and publishes outputs, results and errors.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { MimeBundle } from "../../notebook/sink.js";
import type { CellEvents, CellRunner } from "./cell-runner.js";
import { addressOf, type Connection } from "./connection.js";
import { clip, type Failure } from "./failure.js";
import { readMessage, writeMessage, type JupyterMessage } from "./jupyter-message.js";
import { createOutbox } from "./outbox.js";
import { createStreamBuffer } from "./stream-buffer.js";
import type { ZeroMq } from "./tslab.js";

export interface KernelServerOptions {
  readonly connection: Connection;
  readonly createRunner: (events: CellEvents) => CellRunner;
  readonly zeromq: ZeroMq;
}

/**
 * After a failed cell, requests that arrive within this time (ms) were sent before the failure and are
 * refused.
 */
const GATHERING = 50;
const LONGEST_STDERR_LINE = 1000;
/** Time for sending a reply before the process ends (ms). */
const LAST_WORDS = 100;

/** Listens on the connection's ports and serves requests until the process ends. */
export async function startKernelServer(options: KernelServerOptions): Promise<void> {
  const { connection, createRunner, zeromq } = options;
  const { key } = connection;
  const shell = new zeromq.Router({ linger: 1000 });
  // No limit: with the default of 1000, messages to a slow reader would be lost.
  const iopub = new zeromq.Publisher({ sendHighWaterMark: 0, linger: 1000 });
  const stdin = new zeromq.Router();
  const control = new zeromq.Router({ linger: LAST_WORDS });
  const heartbeat = new zeromq.Reply({ linger: 0 });
  const sendShell = createOutbox(shell);
  const sendOutput = createOutbox(iopub);

  let running: JupyterMessage | undefined;
  let count = 0;
  let received = 0;
  /** Called when a request arrives. */
  let onReceived = (): void => undefined;
  let refusedUpTo = 0;

  function publish(type: string, content: unknown, parent = running): void {
    if (parent) sendOutput(writeMessage(key, { ...parent, identities: [] }, type, content));
  }

  const stream = createStreamBuffer((name, text) => {
    publish("stream", { name, text });
  });

  const shownIds = new Set<string>();
  function show(bundle: MimeBundle, id: string | undefined): void {
    stream.flush();
    const isUpdate = id !== undefined && shownIds.has(id);
    if (id !== undefined) shownIds.add(id);
    publish(isUpdate ? "update_display_data" : "display_data", {
      data: bundle,
      metadata: {},
      transient: id === undefined ? {} : { display_id: id },
    });
  }

  /** Prints an error whose cell may have ended. */
  function printFailure({ traceback }: Failure): void {
    stream.write("stderr", `${traceback.join("\n")}\n`);
    stream.flush();
  }

  const runner = createRunner({
    onStream: (name, text) => {
      stream.write(name, name === "stderr" ? clipLines(text) : text);
    },
    onShow: show,
    onLate: printFailure,
  });

  /**
   * Waits for the work that the cell left behind, and returns its failures. As soon as another request waits,
   * the work goes on alone, and its failures are printed. So a runner that sends cells one by one sees all
   * outputs of a cell before it ends, and a reader who runs all cells does not wait.
   */
  async function endBehind(number: number, behind: Promise<readonly Failure[]>): Promise<readonly Failure[]> {
    const isNext = new Promise<undefined>((resolve) => {
      onReceived = () => {
        resolve(undefined);
      };
      if (received > number) onReceived();
    });
    const ended = await Promise.race([behind, isNext]);
    if (ended) return ended;
    void behind.then((late) => {
      late.forEach(printFailure);
    });
    return [];
  }

  async function execute(message: JupyterMessage, number: number): Promise<unknown> {
    const {
      code,
      silent = false,
      store_history: isKept = true,
      stop_on_error: isStopping = true,
    } = message.content as {
      code: string;
      silent?: boolean;
      store_history?: boolean;
      stop_on_error?: boolean;
    };
    if (number <= refusedUpTo) return { status: "aborted" };
    running = message;
    const id = typeof message.metadata.cellId === "string" ? message.metadata.cellId : "";
    const isCounted = isKept && !silent;
    if (isCounted) count++;
    if (!silent) publish("execute_input", { code, execution_count: count });
    const ran = await runner.run({ source: code, id, count, isSilent: silent });
    stream.flush();
    const failures = await endBehind(number, ran.behind);
    const outcome =
      ran.outcome.status === "ok" && failures.length > 0
        ? ({ status: "error", failure: failures[0] } as const)
        : ran.outcome;
    if (outcome.status === "ok") {
      if (outcome.bundle !== undefined)
        publish("execute_result", { data: outcome.bundle, metadata: {}, execution_count: count });
      return { status: "ok", execution_count: count, payload: [], user_expressions: {} };
    }
    publish("error", outcome.failure);
    if (isStopping) {
      await pause(GATHERING);
      refusedUpTo = received;
    }
    return { status: "error", execution_count: count, ...outcome.failure };
  }

  async function answer(
    message: JupyterMessage,
    number: number,
  ): Promise<readonly [string, unknown] | undefined> {
    const { content } = message;
    switch (message.header.msg_type) {
      case "execute_request":
        return ["execute_reply", await execute(message, number)];
      case "kernel_info_request":
        return ["kernel_info_reply", kernelInfo(runner.typescriptVersion)];
      case "is_complete_request":
        return ["is_complete_reply", runner.language.isComplete(content)];
      case "inspect_request":
        return ["inspect_reply", await runner.language.inspect(content)];
      case "complete_request":
        return ["complete_reply", await runner.language.complete(content)];
      case "comm_info_request":
        return ["comm_info_reply", { status: "ok", comms: {} }];
      case "history_request":
        return ["history_reply", { status: "ok", history: [] }];
      default:
        return undefined;
    }
  }

  async function serve(message: JupyterMessage, number: number): Promise<void> {
    publish("status", { execution_state: "busy" }, message);
    try {
      const reply = await answer(message, number);
      if (reply) sendShell(writeMessage(key, message, ...reply));
    } catch (error) {
      const type = message.header.msg_type.replace(/_request$/, "_reply");
      sendShell(writeMessage(key, message, type, { status: "error", ...runner.describe(error) }));
    }
    publish("status", { execution_state: "idle" }, message);
  }

  function answerControl({ header, content }: JupyterMessage): readonly [string, unknown] | undefined {
    switch (header.msg_type) {
      case "interrupt_request":
        runner.interrupt();
        return ["interrupt_reply", { status: "ok" }];
      case "shutdown_request":
        runner.close();
        setTimeout(() => process.exit(), LAST_WORDS);
        return ["shutdown_reply", { status: "ok", restart: content.restart === true }];
      case "kernel_info_request":
        return ["kernel_info_reply", kernelInfo(runner.typescriptVersion)];
      default:
        return undefined;
    }
  }

  async function serveControl(): Promise<void> {
    for await (const frames of control) {
      const message = readOrIgnore(key, frames);
      const reply = message && answerControl(message);
      if (reply) await control.send(writeMessage(key, message, ...reply));
    }
  }

  async function serveHeartbeat(): Promise<void> {
    for await (const frames of heartbeat) await heartbeat.send(frames);
  }

  await control.bind(addressOf(connection, connection.control_port));
  await heartbeat.bind(addressOf(connection, connection.hb_port));
  await iopub.bind(addressOf(connection, connection.iopub_port));
  await stdin.bind(addressOf(connection, connection.stdin_port));
  await shell.bind(addressOf(connection, connection.shell_port));
  let last: Promise<void> = Promise.resolve();
  async function serveShell(): Promise<void> {
    for await (const frames of shell) {
      const message = readOrIgnore(key, frames);
      if (!message) continue;
      const number = ++received;
      onReceived();
      last = last.then(() => serve(message, number));
    }
  }
  await Promise.all([serveControl(), serveHeartbeat(), serveShell()]);
}

/** Returns a message; undefined for one that is malformed or wrongly signed. */
function readOrIgnore(key: string, frames: readonly Buffer[]): JupyterMessage | undefined {
  try {
    return readMessage(key, frames);
  } catch {
    return undefined;
  }
}

function clipLines(text: string): string {
  if (text.length <= LONGEST_STDERR_LINE) return text;
  return text
    .split("\n")
    .map((line) => clip(line, LONGEST_STDERR_LINE))
    .join("\n");
}

/** Returns what a front end must know about the kernel. */
function kernelInfo(typescriptVersion: string): unknown {
  return {
    status: "ok",
    protocol_version: "5.3",
    implementation: "schedlab",
    implementation_version: "1",
    banner: "TypeScript (tslab), schedlab's kernel",
    help_links: [],
    language_info: {
      name: "typescript",
      version: typescriptVersion,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      // JupyterLab reads `mode`; older front ends read the other keys.
      codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
    },
  };
}
