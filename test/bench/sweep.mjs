/** The time of a sweep with two workers against one: threads of one process, and workers over Redis. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";

const main = new URL("../../dist/cli/main.js", import.meta.url).pathname;
const PORT = 16379;
const sweep = {
  trace: "synthetic",
  machines: 800,
  policies: ["no-migration", "threshold", "gini-greedy", "random", "first-fit", "best-fit"],
  seeds: { from: 1, count: 16 },
};
const folder = mkdtempSync(join(tmpdir(), "schedlab-bench-"));
const file = join(folder, "sweep.json");
writeFileSync(file, JSON.stringify(sweep));
const children = new Set();

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

async function overRedis(workers) {
  const prefix = `bench-${workers}`;
  const at = ["--redis", `redis://127.0.0.1:${PORT}`, "--prefix", prefix];
  const argv = [main, "worker", ...at, "--concurrency", "1"];
  const started = await Promise.all(
    Array.from({ length: workers }, () => startUntil(process.execPath, argv, "waiting for runs")),
  );
  const taken = seconds(prefix, ...at);
  await Promise.all(started.map(stop));
  return taken;
}

function print(what, one, two) {
  const ratio = (two / one).toFixed(2);
  console.log(
    `  ${what.padEnd(10)} one worker ${one.toFixed(1)} s, two ${two.toFixed(1)} s: ${ratio} of the time`,
  );
}

try {
  console.log(`sweep: 96 runs, 800 machines, 1 day (load before: ${loadavg()[0].toFixed(1)})`);
  print("threads", seconds("one", "--workers", "1"), seconds("two", "--workers", "2"));
  if (spawnSync("redis-server", ["--version"]).status !== 0) console.log("  no redis-server here");
  else {
    const argv = ["--port", String(PORT), "--save", "", "--dir", folder];
    await startUntil("redis-server", argv, "Ready to accept connections");
    print("over Redis", await overRedis(1), await overRedis(2));
  }
} finally {
  await Promise.all([...children].map(stop));
  rmSync(folder, { recursive: true });
}
