/**
 * The kernel's side of Jupyter's protocol: runs one cell at a time and publishes outputs, results and errors.
 */
import { setTimeout } from "node:timers/promises";
import { installSink, type MimeBundle } from "../../notebook/sink.js";
import type { CellRunner } from "./cell-runner.js";
import { addressOf, type Connection } from "./connection.js";
import { clip } from "./failure.js";
import { readMessage, writeMessage, type JupyterMessage } from "./jupyter-message.js";
import { createOutbox } from "./outbox.js";
import { createStreamBuffer } from "./stream-buffer.js";
import type { Tslab, ZeroMq } from "./tslab.js";

export interface KernelServerOptions {
  readonly connection: Connection;
  readonly runner: CellRunner;
  readonly tslab: Tslab;
  readonly zeromq: ZeroMq;
  /** Returns the formats in which a cell's last value is shown. */
  readonly toBundle: (value: unknown) => Promise<MimeBundle>;
  /** Called with a request's number when its cell starts, and with 0 when it ends. */
  readonly onRequest: (number: number) => void;
}

/**
 * After a failed cell, requests that arrive within this time (ms) were sent before the failure and are
 * refused.
 */
const GATHERING = 50;
const LONGEST_STDERR_LINE = 1000;

/** Listens on the connection's ports and serves requests until the process ends. */
export async function startKernelServer(options: KernelServerOptions): Promise<void> {
  const { connection, runner, tslab, zeromq, toBundle } = options;
  const { key } = connection;
  const shell = new zeromq.Router({ linger: 1000 });
  // No limit: with the default of 1000, messages to a slow reader would be lost.
  const iopub = new zeromq.Publisher({ sendHighWaterMark: 0, linger: 1000 });
  const stdin = new zeromq.Router();
  const sendShell = createOutbox(shell);
  const sendOutput = createOutbox(iopub);

  let running: JupyterMessage | undefined;
  let count = 0;
  let cellId = "";
  let received = 0;
  /** Work that the running cell left behind; each ends with its error or nothing. */
  const behind: Promise<unknown>[] = [];
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
  function show(bundle: MimeBundle, id?: string): void {
    stream.flush();
    const isUpdate = id !== undefined && shownIds.has(id);
    if (id !== undefined) shownIds.add(id);
    publish(isUpdate ? "update_display_data" : "display_data", {
      data: bundle,
      metadata: {},
      transient: id === undefined ? {} : { display_id: id },
    });
  }

  /**
   * Waits for the work that the cell left behind, and returns its errors. As soon as another request waits,
   * the work goes on alone, and its errors are printed. So a runner that sends cells one by one sees all
   * outputs of a cell before it ends, and a reader who runs all cells does not wait.
   */
  async function endBehind(number: number): Promise<unknown[]> {
    const errors = Promise.all(behind.splice(0)).then((ended) =>
      ended.filter((error) => error !== undefined),
    );
    const isNext = new Promise<undefined>((resolve) => {
      onReceived = () => {
        resolve(undefined);
      };
      if (received > number) onReceived();
    });
    const ended = await Promise.race([errors, isNext]);
    if (ended) return ended;
    void errors.then((late) => {
      late.forEach(printError);
    });
    return [];
  }

  /** Prints an error whose cell may have ended. */
  function printError(error: unknown): void {
    stream.write("stderr", `${runner.describe(error).traceback.join("\n")}\n`);
    stream.flush();
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
    cellId = typeof message.metadata.cellId === "string" ? message.metadata.cellId : "";
    const isCounted = isKept && !silent;
    if (isCounted) count++;
    if (!silent) publish("execute_input", { code, execution_count: count });
    // Leave the socket's callback first: if an interrupt terminated the cell inside it, the socket would stop
    // receiving.
    await setTimeout(0);
    options.onRequest(number);
    const ran = await runner.run(code, count);
    options.onRequest(0);
    stream.flush();
    const errors = await endBehind(number);
    const outcome =
      ran.status === "ok" && errors.length > 0
        ? ({ status: "error", failure: runner.describe(errors[0]) } as const)
        : ran;
    if (outcome.status === "ok") {
      if (outcome.value !== undefined && !silent) {
        publish("execute_result", {
          data: await toBundle(outcome.value),
          metadata: {},
          execution_count: count,
        });
      }
      return { status: "ok", execution_count: count, payload: [], user_expressions: {} };
    }
    publish("error", outcome.failure);
    if (isStopping) {
      await setTimeout(GATHERING);
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
        return ["kernel_info_reply", kernelInfo(tslab.typescript.version)];
      case "is_complete_request":
        return ["is_complete_reply", runner.language.isComplete(content)];
      case "inspect_request":
        return ["inspect_reply", runner.language.inspect(content)];
      case "complete_request":
        return ["complete_reply", runner.language.complete(content)];
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

  process.stdout.write = capture("stdout");
  process.stderr.write = capture("stderr");
  function capture(name: "stdout" | "stderr"): typeof process.stdout.write {
    return (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
      stream.write(name, name === "stderr" ? clipLines(text) : text);
      const done = rest.find((argument) => typeof argument === "function");
      if (done) queueMicrotask(done as () => void);
      return true;
    };
  }

  installSink({
    write: show,
    get cell() {
      return { id: cellId, count };
    },
    behind: (work) => {
      behind.push(
        work.then(
          () => undefined,
          (error: unknown) => error,
        ),
      );
    },
  });
  tslab.setDisplayWriter(({ data, transient }) => {
    show(data, transient.display_id);
  });
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, printError);
  }

  await iopub.bind(addressOf(connection, connection.iopub_port));
  await stdin.bind(addressOf(connection, connection.stdin_port));
  await shell.bind(addressOf(connection, connection.shell_port));
  let last: Promise<void> = Promise.resolve();
  for await (const frames of shell) {
    let message: JupyterMessage;
    try {
      message = readMessage(key, frames);
    } catch {
      continue;
    }
    const number = ++received;
    onReceived();
    last = last.then(() => serve(message, number));
  }
  await last;
}

function clipLines(text: string): string {
  if (text.length <= LONGEST_STDERR_LINE) return text;
  return text
    .split("\n")
    .map((line) => clip(line, LONGEST_STDERR_LINE))
    .join("\n");
}

/** Returns what a front end must know about the kernel. */
export function kernelInfo(typescriptVersion: string): unknown {
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
