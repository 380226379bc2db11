import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../../src/tools/cli/run.js";
import {
  freePort,
  requireRedis,
  startRedis,
  writeCertificate,
  type RedisServer,
} from "../../redis-server.js";
import { captureStreams } from "./capture.js";

const root = new URL("../../..", import.meta.url).pathname;
const ownMain = join(root, "dist/tools/cli/main.js");
/** Workers need compiled JavaScript. */
const isBuilt = existsSync(join(root, "dist/tools/cli/worker.js"));

interface Process {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Resolves with the exit code, or with the signal that ended the process. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Resolves once this many lines match; rejects where the process ends before. */
  readonly says: (line: RegExp, count?: number) => Promise<void>;
}

const running = new Set<ChildProcess>();

/** Starts the command line as a separate process. */
function schedlab(
  argv: readonly string[],
  { cwd = folder, env = {}, main = ownMain }: { cwd?: string; env?: object; main?: string } = {},
): Process {
  const child = spawn(process.execPath, [main, ...argv], { cwd, env: { ...process.env, ...env } });
  running.add(child);
  let text = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.on("close", (code, signal) => {
      running.delete(child);
      resolve(code ?? signal);
    });
  });
  const says = (line: RegExp, count = 1): Promise<void> =>
    new Promise((resolve, reject) => {
      const listen = (): void => {
        if (text.split("\n").filter((one) => line.test(one)).length >= count) resolve();
      };
      listeners.add(listen);
      listen();
      void ended.then(() => {
        reject(new Error(`ended without ${String(line)}: ${text}`));
      });
    });
  return { child, output: () => text, ended, says };
}

/** Runs the command line in this process, because starting a process takes as long as a small sweep. */
async function inProcess(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { streams, stdout, stderr } = captureStreams();
  const code = await run(argv, streams);
  return { code, stdout: stdout(), stderr: stderr() };
}

/** Expects the sweep to succeed; it may have printed that there are no workers yet. */
function expectWell({ code, stderr }: { code: number; stderr: string }): void {
  expect([code, stderr.replace(/^schedlab: no worker of this build .+\n/gm, "")]).toEqual([0, ""]);
}

/** Every file below a folder with its bytes, as text. */
async function contents(path: string): Promise<Record<string, string>> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const files: Record<string, string> = {};
  for (const name of names.sort()) files[name.slice(path.length + 1)] = await readFile(name, "latin1");
  return files;
}

/** Counts the lines that match. */
function count(text: string, line: RegExp): number {
  return text.split("\n").filter((one) => line.test(one)).length;
}

/** Returns the seeds (and so the workloads) of the runs that a worker began, in order. */
function seedsBegun(text: string): number[] {
  return [...text.matchAll(/seed (\d)\): begun$/gm)].map(([, seed]) => Number(seed));
}

const own = join(root, "test/your-own/own-parts.mjs");

/** 12 runs on 4 workloads, with a user-defined policy and metric; some metrics are NaN. */
const SWEEP = {
  trace: "synthetic",
  machines: 60,
  steps: 36,
  policies: ["no-migration", "threshold", `${own}#drain`],
  metrics: [`${own}#hottest`],
  seeds: { from: 1, count: 4 },
};
const RUNS = 12;

let folder: string;
let expected: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-redis-"));
  await writeFile(join(folder, "sweep.json"), JSON.stringify(SWEEP));
});
afterEach(async () => {
  for (const child of running) child.kill("SIGKILL");
  while (running.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const canRun = isBuilt && requireRedis();

describe.skipIf(!canRun)("schedlab sweep --redis", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
    expect(await schedlab(["sweep", "sweep.json", "--workers", "2", "--out", "local"]).ended).toBe(0);
    expected = await contents(join(folder, "local"));
  }, 60_000);
  afterAll(() => server.stop());

  const at = (prefix: string): string[] => ["--redis", server.url, "--prefix", prefix];
  const worker = (prefix: string, ...more: string[]): Process =>
    schedlab(["worker", ...at(prefix), "--concurrency", "1", "--lease", "1", ...more]);
  const sweepProcess = (prefix: string, out: string): Process =>
    schedlab(["sweep", "sweep.json", ...at(prefix), "--out", out]);
  const sweep = (prefix: string, out: string): ReturnType<typeof inProcess> =>
    inProcess("sweep", join(folder, "sweep.json"), ...at(prefix), "--out", join(folder, out));

  it("gives the bytes of --workers; sweeps of the same runs share them, now and later", async () => {
    const both = [worker("same"), worker("same", "--concurrency", "2")];
    await Promise.all(both.map(({ says }) => says(/^waiting for runs at redis:\/\/127/)));
    const sweeps = await Promise.all([sweep("same", "same-1"), sweep("same", "same-2")]);
    expect(sweeps.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ""],
      [0, ""],
    ]);
    expect(await contents(join(folder, "same-1"))).toEqual(expected);
    expect(await contents(join(folder, "same-2"))).toEqual(expected);
    const said = both.map(({ output }) => output()).join("");
    expect(count(said, /^run [0-9a-f]{12} \(\S+ on synthetic, seed \d\): begun$/)).toBe(RUNS);

    both[0].child.kill("SIGTERM");
    both[1].child.kill("SIGINT");
    expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
    expect(await sweep("same", "same-3")).toMatchObject({ code: 0, stderr: "" });
    expect(await contents(join(folder, "same-3"))).toEqual(expected);
  });

  it("keeps workers on their own workloads", async () => {
    const both = [worker("held"), worker("held")];
    await Promise.all(both.map(({ says }) => says(/^waiting/)));
    expect(await sweep("held", "held")).toMatchObject({ code: 0, stderr: "" });
    const begun = both.map(({ output }) => seedsBegun(output()));
    expect(begun[0][0]).not.toBe(begun[1][0]);

    const alone = worker("alone");
    expectWell(await sweep("alone", "alone"));
    expect(seedsBegun(alone.output())).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
    expect(await contents(join(folder, "alone"))).toEqual(expected);
  });

  it("loses no run where a worker is killed during a run", async () => {
    const first = worker("killed");
    const sweeping = sweep("killed", "killed");
    await first.says(/: begun$/, 4);
    first.child.kill("SIGKILL");
    expect(await first.ended).toBe("SIGKILL");
    const second = worker("killed");
    expectWell(await sweeping);
    expect(second.output()).toMatch(/^run [0-9a-f]{12}: its worker does not respond; the run starts again$/m);
    expect(await contents(join(folder, "killed"))).toEqual(expected);
  });

  it("repeats no run where a worker is stopped with Ctrl-C during a run", async () => {
    const first = worker("stopped");
    const sweeping = sweep("stopped", "stopped");
    await first.says(/: begun$/, 4);
    first.child.kill("SIGINT");
    await first.says(/^stopping when the current runs have ended; press Ctrl-C again to stop at once$/);
    expect(await first.ended).toBe(0);
    const second = worker("stopped");
    expectWell(await sweeping);
    expect(count(first.output() + second.output(), /: begun$/)).toBe(RUNS);
    expect(await contents(join(folder, "stopped"))).toEqual(expected);
  });

  it("continues after the sweep itself was killed", async () => {
    const working = worker("resumed");
    const first = sweepProcess("resumed", "resumed");
    await working.says(/: done in/, 3);
    first.child.kill("SIGKILL");
    expect(await first.ended).toBe("SIGKILL");
    expectWell(await sweep("resumed", "resumed"));
    expect(await contents(join(folder, "resumed"))).toEqual(expected);
    expect(count(working.output(), /: begun$/)).toBe(RUNS);
  });

  it("reports missing workers, and on Ctrl-C removes runs that no worker has begun", async () => {
    const other = worker("other");
    await other.says(/^waiting/);
    const waiting = sweepProcess("lonely", "lonely");
    await waiting.says(
      /^schedlab: no worker of this build \([0-9a-f]{12}\) is connected to redis:\/\/127\.0\.0\.1:\d+; start/,
    );
    waiting.child.kill("SIGINT");
    expect(await waiting.ended).toBe(2);
    expect(waiting.output()).toMatch(
      /\nschedlab: stopped; finished runs are kept: start the sweep again to continue\n$/,
    );
    const late = worker("lonely");
    await late.says(/^waiting/);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([late.output(), other.output()].join("")).not.toMatch(/begun/);
  });

  it("gives its runs only to workers of the same build", async () => {
    const copy = join(folder, "other-build");
    await cp(join(root, "dist"), join(copy, "dist"), { recursive: true });
    await cp(join(root, "package.json"), join(copy, "package.json"));
    await symlink(join(root, "node_modules"), join(copy, "node_modules"));
    await appendFile(join(copy, "dist/simulate/simulate.js"), "// changed\n");
    const stranger = schedlab(["worker", ...at("builds")], { main: join(copy, "dist/tools/cli/main.js") });
    await stranger.says(/^waiting/);
    const sweeping = sweepProcess("builds", "builds");
    await sweeping.says(/^schedlab: no worker of this build/);
    worker("builds");
    expect(await sweeping.ended).toBe(0);
    expect(stranger.output()).not.toMatch(/begun/);
    expect(await contents(join(folder, "builds"))).toEqual(expected);
  });

  it("serves two concurrent sweeps with common runs, and does each run once", async () => {
    const more = { ...SWEEP, policies: ["threshold", "best-fit"], seeds: { from: 3, count: 4 } };
    await writeFile(join(folder, "more.json"), JSON.stringify(more));
    const local = ["sweep", join(folder, "more.json"), "--out", join(folder, "more-local")];
    expect(await inProcess(...local)).toMatchObject({ code: 0 });
    const both = [worker("two"), worker("two")];
    const overRedis = ["sweep", join(folder, "more.json"), ...at("two"), "--out", join(folder, "more")];
    for (const ended of await Promise.all([sweep("two", "two"), inProcess(...overRedis)])) expectWell(ended);
    expect(await contents(join(folder, "two"))).toEqual(expected);
    expect(await contents(join(folder, "more"))).toEqual(await contents(join(folder, "more-local")));
    // Eight runs; those of threshold on seeds 3 and 4 also belong to the other sweep.
    const said = both.map(({ output }) => output()).join("");
    expect(count(said, /: begun$/)).toBe(RUNS + 8 - 2);
  });

  it("refuses a trace whose files differ or are missing at the worker", async () => {
    const places = ["mine", "theirs"];
    for (const [index, place] of places.entries()) {
      await mkdir(join(folder, place, "day"), { recursive: true });
      await writeFile(join(folder, place, "day", "vm1"), `10\n2${index}\n30\n`);
    }
    await writeFile(
      join(folder, "mine", "s.json"),
      '{"trace":"planetlab:day","policies":"random","machines":2}',
    );
    const fails = async (): Promise<string> => {
      const sweeping = schedlab(["sweep", "s.json", ...at("files")], { cwd: join(folder, "mine") });
      expect(await sweeping.ended).toBe(2);
      return sweeping.output();
    };
    const argv = ["worker", ...at("files"), "--concurrency", "1"];
    schedlab(argv, { cwd: join(folder, "theirs") });
    expect(await fails()).toMatch(
      /^schedlab: the files of trace planetlab:day differ from those where [^\n]+ \[worker \S+\]\n$/,
    );
    await rm(join(folder, "theirs", "day"), { recursive: true });
    expect(await fails()).toMatch(
      /^schedlab: cannot read day: no such file or folder; [^\n]+ \[worker \S+\]\n$/,
    );
    await mkdir(join(folder, "theirs", "day"));
    await writeFile(join(folder, "theirs", "day", "vm1"), "10\n20\n30\n");
    expect(await schedlab(["sweep", "s.json", ...at("files")], { cwd: join(folder, "mine") }).ended).toBe(0);
  });

  it("survives a restart of Redis that loses all data", async () => {
    const forgetful = await startRedis();
    try {
      const where = ["--redis", forgetful.url];
      const working = schedlab(["worker", ...where, "--concurrency", "1"]);
      const sweeping = schedlab(["sweep", "sweep.json", ...where, "--out", "restarted"]);
      await working.says(/: done in/, 3);
      await forgetful.stop();
      await sweeping.says(
        /^schedlab: no connection to redis:\/\/127\.0\.0\.1:\d+ \(.+\); trying again for 60 s$/,
      );
      await forgetful.start();
      expect(await sweeping.ended).toBe(0);
      expect(sweeping.output()).toMatch(/^schedlab: connected to redis:\/\/127\.0\.0\.1:\d+ again$/m);
      expect(await contents(join(folder, "restarted"))).toEqual(expected);
    } finally {
      await forgetful.stop();
    }
  });

  it("gives up a dead Redis after the stated time, exit 2", async () => {
    const url = `redis://:secret@127.0.0.1:${await freePort()}`;
    const sweepFile = join(folder, "sweep.json");
    const commands = [["sweep", sweepFile, "--out", join(folder, "dead")], ["worker"]];
    const given = commands.map((command) => inProcess(...command, "--redis", url, "--patience", "1"));
    for (const { code, stdout, stderr } of await Promise.all(given)) {
      expect([code, stdout]).toEqual([2, ""]);
      const address = String.raw`redis://127\.0\.0\.1:\d+`;
      const reason = String.raw`\(connect ECONNREFUSED [^\n]+\)`;
      expect(stderr).toMatch(
        new RegExp(
          `^schedlab: no connection to ${address} ${reason}; trying again for 1 s\n` +
            `schedlab: no connection to ${address} for 1 s ${reason}; is Redis running there\\?\n$`,
        ),
      );
    }
  });
});

describe.skipIf(!canRun)("an address of Redis", () => {
  it.each(["localhost:6379", "http://127.0.0.1", "redis://", "x"])("is refused: %s", async (url) => {
    const { ended, output } = schedlab(["worker", "--redis", url]);
    expect(await ended).toBe(2);
    expect(output()).toBe(
      "schedlab: invalid address of Redis; give redis://HOST:PORT, or rediss:// for TLS\n",
    );
  });

  it("carries the password, or REDISCLI_AUTH does; a wrong one or none is refused at once", async () => {
    const server = await startRedis(["--requirepass", "open sesame"]);
    try {
      const where = `127.0.0.1:${server.port}`;
      const commands = [["worker"], ["sweep", join(folder, "sweep.json"), "--out", join(folder, "shut-out")]];
      const tries = [`redis://${where}`, `redis://:sesame@${where}`].flatMap((url) =>
        commands.map((command) => inProcess(...command, "--redis", url)),
      );
      for (const { code, stderr } of await Promise.all(tries)) {
        expect(code).toBe(2);
        expect(stderr).toMatch(/^schedlab: redis:\/\/127\.0\.0\.1:\d+ refuses access \([^\n]+\n$/);
        expect(stderr).not.toContain("sesame");
      }
      const right = `redis://:open%20sesame@${where}`;
      const working = schedlab(["worker", "--redis", right, "--concurrency", "1"]);
      await working.says(/^waiting for runs at redis:\/\/127\.0\.0\.1:\d+ /);
      const argv = ["sweep", "sweep.json", "--out", "let-in", "--redis", `redis://${where}`];
      expect(await schedlab(argv, { env: { REDISCLI_AUTH: "open sesame" } }).ended).toBe(0);
      expect(await contents(join(folder, "let-in"))).toEqual(expected);
    } finally {
      await server.stop();
    }
  });

  it("may ask for TLS", async (context) => {
    if (!writeCertificate(folder)) context.skip("no openssl here to make a certificate");
    const [cert, key] = ["cert.pem", "key.pem"].map((name) => join(folder, name));
    const port = await freePort();
    const files = ["--tls-cert-file", cert, "--tls-key-file", key, "--tls-ca-cert-file", cert];
    const server = await startRedis(["--tls-port", String(port), "--tls-auth-clients", "no", ...files]);
    try {
      const where = ["--redis", `rediss://127.0.0.1:${port}`, "--patience", "1"];
      const stranger = await inProcess("worker", ...where);
      expect(stranger.code).toBe(2);
      expect(stranger.stderr).toMatch(/self-signed certificate/);
      const without = ["--redis", `rediss://127.0.0.1:${server.port}`, "--patience", "1"];
      const hopeful = await inProcess("worker", ...without);
      expect([hopeful.code, hopeful.stderr]).toEqual([
        2,
        `schedlab: no connection to rediss://127.0.0.1:${server.port} for 1 s (no answer); is Redis ` +
          "running there, with TLS?\n",
      ]);
      const guest = schedlab(["worker", ...where, "--concurrency", "1"], {
        env: { NODE_EXTRA_CA_CERTS: cert },
      });
      await guest.says(/^waiting for runs at rediss:\/\/127/);
    } finally {
      await server.stop();
    }
  });
});
