/**
 * Kills sweeps with SIGKILL at random moments, starts them again until they end by themselves, and compares
 * every byte with an undisturbed sweep:
 *
 *     node test/robustness/kill-sweep.mjs 100                       # a sweep on this machine, eight workloads
 *     node test/robustness/kill-sweep.mjs 100 shared                # one whose threads share one workload
 *     node test/robustness/kill-sweep.mjs 100 redis://127.0.0.1     # one over Redis, and its workers
 *
 * Prints how many kills there were, and what they met; ends with 1 at the first difference.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const main = new URL("../../dist/tools/cli/main.js", import.meta.url).pathname;
const kills = Number(process.argv[2] ?? 100);
const isShared = process.argv[3] === "shared";
const redis = isShared ? undefined : process.argv[3];
const folder = mkdtempSync(join(tmpdir(), "schedlab-kill-"));
const file = join(folder, "sweep.json");
const sweep = {
  trace: "synthetic",
  // Over Redis more has to start before there is work to meet.
  ...(redis === undefined ? { machines: 40, steps: 24 } : { machines: 100, steps: 48 }),
  policies: ["no-migration", "threshold", "gini-greedy"],
  ...(isShared ? { set: { cooldown: [0, 1, 2, 3, 4, 5, 6, 7] } } : { seeds: { from: 1, count: 8 } }),
};
const RUNS = 24;
writeFileSync(file, JSON.stringify(sweep));

/** Starts the command line; `ended` resolves with its exit code or signal. */
function start(...argv) {
  const child = spawn(process.execPath, [main, ...argv], { stdio: "ignore" });
  const ended = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(signal ?? code));
  });
  return { child, ended };
}

function contents(path) {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const names = entries.map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1)).sort();
  return new Map(names.map((name) => [name, readFileSync(join(path, name), "latin1")]));
}

function expectSame(found, expected, when) {
  const names = new Set([...found.keys(), ...expected.keys()]);
  const wrong = [...names].filter((name) => found.get(name) !== expected.get(name));
  if (wrong.length > 0) throw new Error(`${when}: other bytes in ${wrong.join(", ")}`);
}

/**
 * What a killed sweep leaves: whole files with their final bytes, and unfinished ones under temporary names.
 */
function expectPart(out, expected, when) {
  let found;
  try {
    found = contents(out);
  } catch {
    return 0;
  }
  for (const [name, bytes] of found) {
    if (name.endsWith(".tmp")) continue;
    if (bytes !== expected.get(name)) throw new Error(`${when}: other bytes in ${name}`);
  }
  return found.size;
}

/**
 * Starts a sweep again and again until it ends by itself. It is killed at a random moment after a random
 * number of results: moments are counted in results, because a sweep may take ten times as long as the one
 * before while other work runs.
 */
async function killSweep(out, { expected, left }) {
  let [killed, atWork] = [0, 0];
  for (;;) {
    const sweeping = start("sweep", file, "--workers", "2", "--out", out);
    if (killed < left && (await worked(sweeping, out))) sweeping.child.kill("SIGKILL");
    const how = await sweeping.ended;
    if (how === 0) return { killed, atWork };
    if (how !== "SIGKILL") throw new Error(`the sweep ended with ${how}`);
    killed++;
    if (expectPart(out, expected, `after kill ${killed}`) > 0) atWork++;
  }
}

/** Waits for a random number of further results of a sweep, and a moment more; false where it ended before. */
async function worked(sweeping, out) {
  const there = resultsIn(out);
  const wanted = there + Math.floor(Math.random() * (RUNS - there));
  while (resultsIn(out) < wanted && sweeping.child.exitCode === null) await sleep(5);
  await sleep(Math.random() * (wanted === there ? STARTING : WRITING));
  return sweeping.child.exitCode === null;
}

/** Milliseconds in which a sweep starts, and in which it does a run. */
const STARTING = 1000;
const WRITING = 30;

function resultsIn(out) {
  const runs = join(out, "runs");
  return existsSync(runs) ? readdirSync(runs).filter((name) => !name.endsWith(".tmp")).length : 0;
}

/**
 * Has a sweep done over Redis by two workers. Again and again one of the three, whichever, is killed and
 * started again, until the sweep ends by itself.
 */
async function killOverRedis(out, { expected, left }) {
  const at = ["--redis", redis, "--prefix", `kill-${process.pid}-${basename(out)}`];
  const startSweep = () => start("sweep", file, ...at, "--out", out);
  const startWorker = () => start("worker", ...at, "--concurrency", "1", "--lease", "1");
  let sweeping = startSweep();
  const workers = [startWorker(), startWorker()];
  let [killed, atWork] = [0, 0];
  for (;;) {
    if (killed === left) await sweeping.ended;
    else await worked(sweeping, out);
    const victim = Math.floor(3 * Math.random());
    if (victim < 2 && sweeping.child.exitCode === null) {
      await kill(workers[victim]);
      workers[victim] = startWorker();
    } else {
      const how = await kill(sweeping);
      if (how === 0) break;
      if (how !== "SIGKILL") throw new Error(`the sweep ended with ${how}`);
      sweeping = startSweep();
    }
    killed++;
    if (expectPart(out, expected, `after kill ${killed}`) > 0) atWork++;
  }
  await Promise.all(workers.map(kill));
  return { killed, atWork };
}

function kill({ child, ended }) {
  child.kill("SIGKILL");
  return ended;
}

try {
  const undisturbed = join(folder, "undisturbed");
  const how = await start("sweep", file, "--workers", "2", "--out", undisturbed).ended;
  if (how !== 0) throw new Error(`the undisturbed sweep ended with ${how}`);
  const expected = contents(undisturbed);
  let [killed, atWork, sweeps] = [0, 0, 0];
  while (killed < kills) {
    const out = join(folder, `sweep-${sweeps}`);
    const round = { expected, left: kills - killed };
    const met = await (redis === undefined ? killSweep : killOverRedis)(out, round);
    expectSame(contents(out), expected, `sweep ${sweeps + 1}`);
    rmSync(out, { recursive: true });
    killed += met.killed;
    atWork += met.atWork;
    sweeps++;
  }
  const where = redis !== undefined ? " over Redis, workers' too" : isShared ? " of one workload" : "";
  console.log(
    `${killed} kills, ${atWork} of them after the first result, in ${sweeps} sweeps of ${RUNS} runs${where}: the same bytes every time`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
