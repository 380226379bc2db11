/** A Redis of the tests' own: on a free port, without a trace on the disk. */
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";

/**
 * Whether there is a `redis-server` to start; where it is missing, as on a fresh Debian, and we are root, it
 * is installed. Says why where there is none.
 */
export function requireRedis(): boolean {
  if (hasRedis()) return true;
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    const apt = (...argv: string[]): void => {
      const options = ["-qq", "-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=1"];
      // Nobody to answer questions, and no server of the system's own.
      const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
      spawnSync("apt-get", [...options, ...argv], { env, stdio: "ignore", timeout: 90_000 });
    };
    const install = ["install", "-y", "--no-install-recommends", "redis-server"];
    apt(...install);
    if (!hasRedis()) {
      apt("update");
      apt(...install);
    }
    if (hasRedis()) return true;
  }
  process.stderr.write("skipped: no redis-server on this machine; apt-get install redis-server\n");
  return false;
}

function hasRedis(): boolean {
  return spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status === 0;
}

export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Ends it at once; all that was in it is gone. */
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
}

/** Starts a server with more of its own options, such as `--requirepass x`, and waits until it answers. */
export async function startRedis(options: readonly string[] = []): Promise<RedisServer> {
  const port = await freePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const own = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", tmpdir()];
    const started = spawn("redis-server", [...own, ...options], { stdio: ["ignore", "pipe", "ignore"] });
    child = started;
    await new Promise<void>((resolve, reject) => {
      started.once("exit", () => {
        reject(new Error("redis-server ended"));
      });
      started.stdout.on("data", (text: Buffer) => {
        if (text.includes("Ready to accept connections")) resolve();
      });
    });
  }

  async function stop(): Promise<void> {
    const ending = child;
    child = undefined;
    if (ending === undefined) return;
    const ended = new Promise((resolve) => ending.once("exit", resolve));
    ending.kill("SIGKILL");
    await ended;
  }

  await start();
  return { port, url: `redis://127.0.0.1:${port}`, start, stop };
}

/** Returns a port on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Writes a certificate for 127.0.0.1 and its key into the folder; false where there is no `openssl`. */
export function writeCertificate(folder: string): boolean {
  try {
    execFileSync(
      "openssl",
      [
        ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"],
        ...["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"],
      ],
      { cwd: folder, stdio: "ignore" },
    );
    return true;
  } catch {
    return false;
  }
}
