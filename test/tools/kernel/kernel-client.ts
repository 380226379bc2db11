/** A small Jupyter client that starts the compiled kernel and communicates with it like JupyterLab. */
import { spawn, type ChildProcess } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { kernelSpec } from "../../../src/tools/jupyter/kernel-spec.js";
import { PROJECT } from "../../../src/tools/jupyter/project.js";

export interface Output {
  readonly type: string;
  readonly content: Record<string, unknown>;
}

export interface Execution {
  readonly reply: Record<string, unknown>;
  readonly outputs: readonly Output[];
}

export interface ExecuteOptions {
  readonly cellId?: string;
  readonly stopOnError?: boolean;
  readonly silent?: boolean;
}

export interface KernelClient {
  execute(code: string, options?: ExecuteOptions): Promise<Execution>;
  request(channel: "shell" | "control", type: string, content?: object): Promise<Execution>;
  /** All output messages so far, in order, with the id of the request that each answers. */
  readonly log: readonly (Output & { readonly parent: string })[];
  readonly process: ChildProcess;
  close(): Promise<void>;
}

interface Socket {
  bind(address: string): Promise<void>;
  connect(address: string): void;
  subscribe(topic: string): void;
  send(frames: (Buffer | string)[]): Promise<void>;
  close(): void;
  [Symbol.asyncIterator](): AsyncIterator<Buffer[]>;
}

const require = createRequire(join(PROJECT, "node_modules", "tslab", "dist", "main.js"));
/** tslab's binding. */
export const zeromq = require("zeromq") as Record<
  "Dealer" | "Publisher" | "Subscriber",
  new (options?: object) => Socket
>;

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address();
      await new Promise((resolve) => server.close(resolve));
      return typeof address === "object" && address !== null ? address.port : 0;
    }),
  );
}

/**
 * Starts the kernel in a folder like its kernelspec does, and waits until it answers. `flags` are for Node, after
 * the kernelspec's own.
 */
export async function startKernel(
  folder: string,
  env: NodeJS.ProcessEnv = {},
  flags: readonly string[] = [],
): Promise<KernelClient> {
  const key = randomUUID();
  const names = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"];
  const numbers = await freePorts(names.length);
  const ports = Object.fromEntries(names.map((name, i) => [name, numbers[i]]));
  const connection = { ...ports, ip: "127.0.0.1", transport: "tcp", key, signature_scheme: "hmac-sha256" };
  const file = join(mkdtempSync(join(tmpdir(), "schedlab-kernel-")), "connection.json");
  writeFileSync(file, JSON.stringify(connection));

  const spec = kernelSpec();
  const [command, ...given] = spec.argv.map((argument) => argument.replace("{connection_file}", file));
  const kernel = spawn(command, [...given.slice(0, -2), ...flags, ...given.slice(-2)], {
    cwd: folder,
    env: { ...process.env, ...spec.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const exit = new Promise<never>((_, reject) => {
    kernel.once("exit", (code, signal) => {
      // A reply may still arrive.
      setTimeout(() => {
        reject(new Error(`the kernel ended: ${code ?? signal}`));
      }, 200);
    });
  });
  exit.catch(() => undefined);
  const session = randomUUID();
  const connect = (kind: "Dealer" | "Subscriber", port: number): Socket => {
    const socket = new zeromq[kind]({ linger: 0 });
    socket.connect(`tcp://127.0.0.1:${port}`);
    return socket;
  };
  const sockets = {
    shell: connect("Dealer", ports.shell_port),
    control: connect("Dealer", ports.control_port),
  };
  const iopub = connect("Subscriber", ports.iopub_port);
  iopub.subscribe("");

  const log: (Output & { parent: string })[] = [];
  const replies = new Map<string, (content: Record<string, unknown>) => void>();
  const idle = new Map<string, () => void>();

  const json = (frame: Buffer): Record<string, unknown> =>
    JSON.parse(frame.toString()) as Record<string, unknown>;
  function read(frames: readonly Buffer[]): {
    type: string;
    parent: string;
    content: Record<string, unknown>;
  } {
    const at = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
    return {
      type: json(frames[at + 2]).msg_type as string,
      parent: json(frames[at + 3]).msg_id as string,
      content: json(frames[at + 5]),
    };
  }
  async function listen(socket: Socket): Promise<void> {
    for await (const frames of socket) {
      const { parent, content } = read(frames);
      replies.get(parent)?.(content);
    }
  }
  async function listenToOutput(): Promise<void> {
    for await (const frames of iopub) {
      const { type, parent, content } = read(frames);
      log.push({ type, parent, content });
      if (type === "status" && content.execution_state === "idle") idle.get(parent)?.();
    }
  }
  void listen(sockets.shell);
  void listen(sockets.control);
  void listenToOutput();

  async function request(
    channel: "shell" | "control",
    type: string,
    content: object = {},
    metadata: object = {},
  ): Promise<Execution> {
    const id = randomUUID();
    const header = { msg_id: id, msg_type: type, session, username: "test", version: "5.3", date: "" };
    const parts = [header, {}, metadata, content].map((part) => JSON.stringify(part));
    const hmac = createHmac("sha256", key);
    for (const part of parts) hmac.update(part);
    const reply = new Promise<Record<string, unknown>>((resolve) => replies.set(id, resolve));
    const done = channel === "shell" ? new Promise<void>((resolve) => idle.set(id, resolve)) : undefined;
    await sockets[channel].send(["<IDS|MSG>", hmac.digest("hex"), ...parts]);
    const answered = await Promise.race([reply, exit]);
    await Promise.race([done, exit]);
    const outputs = log.filter((output) => output.parent === id && output.type !== "status");
    return { reply: answered, outputs };
  }

  async function close(): Promise<void> {
    const gone = new Promise((resolve) => kernel.once("exit", resolve));
    if (kernel.exitCode === null && kernel.signalCode === null) {
      kernel.kill("SIGKILL");
      await gone;
    }
    for (const socket of [sockets.shell, sockets.control, iopub]) socket.close();
  }

  // Output published before our subscription arrives is lost, so repeat the request until its output arrives.
  for (let isHeard = false; !isHeard;) {
    const heard = request("shell", "kernel_info_request").then(() => true);
    isHeard = await Promise.race([heard, delay(500, false)]);
  }
  return {
    log,
    process: kernel,
    request,
    close,
    execute: (code, { cellId, stopOnError = true, silent = false } = {}) =>
      request(
        "shell",
        "execute_request",
        { code, silent, store_history: !silent, stop_on_error: stopOnError, allow_stdin: false },
        cellId === undefined ? {} : { cellId },
      ),
  };
}
