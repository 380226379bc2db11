/** The time of a sweep with two workers against one: threads of one process, and workers over Redis. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

const main = new URL("../../dist/tools/cli/main.js", import.meta.url).pathname;
const PORT = 16379;
/** In turn, as the machine may be slower from one minute to the next. */
const TRIES = 3;
const policies = ["no-migration", "threshold", "gini-greedy", "random", "first-fit", "best-fit"];
const sweeps = {
  "240 runs, 800 machines, 1 day": { policies, seeds: { from: 1, count: 40 } },
  // Short: most of what is compiled is compiled in a thread's first ten seconds.
  "48 runs, 800 machines, 1 day": { policies, seeds: { from: 1, count: 8 } },
  "12 runs, 800 machines, 7 days": {
    steps: 2016,
    policies: ["no-migration", "threshold", "random"],
    seeds: { from: 1, count: 4 },
  },
  "4 runs, 800 machines, 29 days": {
    steps: 8352,
    policies: ["no-migration", "threshold"],
    seeds: { from: 1, count: 2 },
  },
};
const folder = mkdtempSync(join(tmpdir(), "schedlab-bench-"));
const file = join(folder, "sweep.json");
const children = new Set();
/** Of sweeps done: each has a folder, and a place in Redis, of its own. */
let number = 0;

/** Starts a process and resolves once it has printed the text. */
function startUntil(command, argv, text) {
  const child = spawn(command, argv, { stdio: ["ignore", "pipe", "inherit"] });
  children.add(child);
  return new Promise((resolve, reject) => {
    child.on("exit", () => reject(new Error(`${command} ended`)));
    child.stdout.on("data", (chunk) => chunk.includes(text) && resolve(child));
  });
}

function stop(child) {
  children.delete(child);
  child.removeAllListeners("exit");
  return new Promise((resolve) => child.on("exit", resolve).kill("SIGKILL"));
}

/** Seconds of a whole `schedlab sweep`. */
function seconds(name, ...argv) {
  const began = performance.now();
  const run = [main, "sweep", file, "--out", join(folder, name), ...argv];
  const { status } = spawnSync(process.execPath, run, { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`the sweep ended with ${status}`);
  return (performance.now() - began) / 1000;
}

function onThreads(workers) {
  return seconds(`out-${number++}`, "--workers", String(workers));
}

async function overRedis(workers) {
  const prefix = `bench-${number++}`;
  const at = ["--redis", `redis://127.0.0.1:${PORT}`, "--prefix", prefix];
  const argv = [main, "worker", ...at, "--concurrency", "1"];
  const started = await Promise.all(
    Array.from({ length: workers }, () => startUntil(process.execPath, argv, "waiting for runs")),
  );
  const taken = seconds(prefix, ...at);
  await Promise.all(started.map(stop));
  return taken;
}

function listed(ratios) {
  return ratios.map((ratio) => ratio.toFixed(2)).join(", ");
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/**
 * Seconds in which this many threads count to the same number each: what the machine's cores are worth at the
 * moment, without memory.
 */
async function counting(threads) {
  const code = "let sum = 0; for (let i = 0; i < 4e8; i++) sum += i % 7; process.exitCode = sum > 0 ? 0 : 1;";
  const began = performance.now();
  await Promise.all(
    Array.from(
      { length: threads },
      () => new Promise((done) => new Worker(code, { eval: true }).on("exit", done)),
    ),
  );
  return (performance.now() - began) / 1000;
}

async function measure(what, take) {
  const one = [];
  const two = [];
  const counted = [];
  for (let round = 0; round < TRIES; round++) {
    counted.push((await counting(2)) / (await counting(1)) / 2);
    one.push(await take(1));
    two.push(await take(2));
  }
  const ratios = one.map((taken, i) => two[i] / taken);
  console.log(
    `  ${what.padEnd(10)} one worker ${median(one).toFixed(1)} s, two ${median(two).toFixed(1)} s: ` +
      `${median(ratios).toFixed(2)} of the time (${listed(ratios)}; before each, a loop that counts ${listed(counted)})`,
  );
}

try {
  const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;
  if (hasRedis) {
    const argv = ["--port", String(PORT), "--save", "", "--dir", folder];
    await startUntil("redis-server", argv, "Ready to accept connections");
  } else console.log("sweep: no redis-server here");
  for (const [name, sweep] of Object.entries(sweeps)) {
    writeFileSync(file, JSON.stringify({ trace: "synthetic", machines: 800, ...sweep }));
    console.log(`sweep: ${name} (median of ${TRIES}, in turn; load before: ${loadavg()[0].toFixed(1)})`);
    await measure("threads", onThreads);
    if (hasRedis) await measure("over Redis", overRedis);
  }
} finally {
  await Promise.all([...children].map(stop));
  rmSync(folder, { recursive: true });
}
