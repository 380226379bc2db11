/** Moves and restores real work on this machine. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { processTarget, restoreProcess } from "../../../src/tools/balance/affinity.js";
import { balance } from "../../../src/tools/balance/balance.js";
import { readDecisions } from "../../../src/systems/giantvm/decide/decisions.js";
import { groupTarget } from "../../../src/tools/balance/group.js";
import { readRecording } from "../../../src/tools/balance/recording.js";
import { recordedSamples } from "../../../src/tools/balance/samples.js";
import { createUsage } from "../../../src/tools/balance/usage.js";
import { createDecider } from "../../../src/systems/giantvm/decide/index.js";
import { schedlab } from "../cli/capture.js";
import {
  CPUS,
  end,
  groupObstacle,
  MAIN,
  makeGroup,
  obstacle,
  seesaw,
  threadCpus,
  until,
  type TestGroup,
} from "./machine.js";

const NODES = CPUS.map((cpu) => ({ cpus: [cpu], memory: "" }));
const noGroups = groupObstacle();
const noProcesses = obstacle();

let folder: string;
let recording: string;
let once: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "schedlab-balance-"));
  recording = join(folder, "seesaw.txt");
  once = join(folder, "once.txt");
  // Long enough for a signal to arrive before its end.
  writeFileSync(recording, seesaw(20_000));
  writeFileSync(once, seesaw(1));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const children: ChildProcess[] = [];
afterEach(async () => {
  await Promise.all(children.splice(0).map(end));
});

function start(command: string, argv: readonly string[]): ChildProcess & { output: () => string } {
  const child = spawn(command, argv, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  children.push(child);
  return Object.assign(child, { output: () => output });
}

function arguments_(...rest: string[]): string[] {
  const common = ["balance", "--nodes", CPUS.join(), "--policy", "las", "--journal", join(folder, "journal")];
  return [...common, ...rest];
}

function exitOf(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve) =>
    child.once("exit", (code, signal) => {
      resolve(signal ?? code);
    }),
  );
}

describe.skipIf(noGroups !== undefined)(
  `a control group of busy loops (skipped: ${noGroups ?? "no"})`,
  () => {
    let group: TestGroup;
    beforeEach(({ task }) => {
      group = makeGroup(task.id.replace(/\W/g, "_"));
    });
    afterEach(async () => {
      await group.remove();
    });

    it("moves back and forth with a recording, including all its threads, and is restored", async () => {
      const targets = [groupTarget(group.name, NODES)];
      const usage = createUsage(targets, NODES);
      const six = join(folder, "six.txt");
      writeFileSync(six, seesaw(6));
      const samples = readRecording(six, 10);
      const seen: [number, string, string[]][] = [];
      await balance(
        recordedSamples(samples, NODES, () => usage(0), new AbortController().signal),
        {
          nodes: NODES,
          decider: createDecider(
            "las",
            CPUS.map((cpu) => [cpu]),
          ),
          targets,
          journalFolder: join(folder, "journal"),
          onDecision: ({ moves }) => {
            for (const { to } of moves) seen.push([CPUS[to], group.cpus(), group.pids.flatMap(threadCpus)]);
          },
        },
      );
      // The group starts on both CPUs. The second sample has steal on the second CPU, the third on the first,
      // and so on.
      const [a, b] = CPUS;
      expect(seen).toEqual([a, b, a, b, a].map((cpu) => [cpu, String(cpu), [String(cpu), String(cpu)]]));
      expect(group.pids.flatMap(threadCpus)).toEqual([CPUS.join(), CPUS.join()]);
      expect(readdirSync(join(folder, "journal"))).toEqual([]);
    });

    it("is moved on the running machine only where time is stolen", async () => {
      const log = join(folder, "live.jsonl");
      const live = [
        "--group",
        group.name,
        "--threshold",
        "0",
        "--interval",
        "0.1",
        "--duration",
        "1.5",
        "--log",
        log,
      ];
      const { code, stderr } = await schedlab(...arguments_(...live));
      expect([code, stderr]).toEqual([0, ""]);
      const { header, decisions } = readDecisions(log);
      expect(header).toMatchObject({
        policy: "las",
        source: "live",
        dryRun: false,
        nodes: CPUS.map((cpu) => [cpu]),
      });
      expect(decisions.length).toBeGreaterThan(2);
      // Most periods of 1.5 s have no steal, so check that the decision follows from the reading, whatever it
      // is.
      decisions.forEach(({ readings, work, moves }, i) => {
        const [{ node }] = work;
        const steal = readings.map(({ stealTicks }) => stealTicks);
        const least = steal[1] < steal[0] ? 1 : 0;
        const isDue = node === -1 ? steal[0] !== steal[1] : steal[node] > 0 && steal[least] < steal[node];
        expect(moves).toEqual(i > 0 && isDue ? [{ work: group.name, from: node, to: least }] : []);
        if (i > 0 && decisions[i - 1].moves.length > 0) expect(node).toBe(decisions[i - 1].moves[0].to);
        if (i > 1) expect(work[0].cpu).toBeGreaterThanOrEqual(0);
      });
      expect(group.pids.flatMap(threadCpus)).toEqual([CPUS.join(), CPUS.join()]);
    });

    it("is restored by the next start after SIGKILL, and by --restore", async () => {
      const first = group.cpus();
      const balanceGroup = (file: string): string[] => arguments_("--group", group.name, "--replay", file);
      for (const remedy of ["start", "restore"]) {
        const child = start(process.execPath, [MAIN, ...balanceGroup(recording)]);
        await until(() => group.cpus() !== first);
        const second = await schedlab(...balanceGroup(once));
        expect(second.code).toBe(2);
        expect(second.stderr).toContain(`group ${group.path} is being balanced by process ${child.pid} (`);
        const ended = exitOf(child);
        child.kill("SIGKILL");
        expect(await ended).toBe("SIGKILL");
        expect(group.cpus()).not.toBe(first);

        const journal = ["--journal", join(folder, "journal")];
        const line = `restored group ${group.path} to CPUs ${first}\n`;
        if (remedy === "restore")
          expect((await schedlab("balance", "--restore", ...journal)).stdout).toBe(line);
        else {
          const { code, stderr } = await schedlab(...balanceGroup(once));
          expect([code, stderr]).toEqual([0, `schedlab: ${line}`]);
        }
        expect([group.cpus(), ...group.pids.flatMap(threadCpus)]).toEqual([first, CPUS.join(), CPUS.join()]);
        expect(readdirSync(join(folder, "journal"))).toEqual([]);
      }
    });

    it.each(["SIGTERM", "SIGINT"] as const)("is restored on %s, with exit code 0", async (signal) => {
      const first = group.cpus();
      const child = start(process.execPath, [
        MAIN,
        ...arguments_("--group", group.name, "--replay", recording),
      ]);
      await until(() => group.cpus() !== first);
      const ended = exitOf(child);
      child.kill(signal);
      expect(await ended).toBe(0);
      expect(child.output()).toMatch(/ moves? made; the machine is as it was found\n$/);
      expect(group.cpus()).toBe(first);
      expect(readdirSync(join(folder, "journal"))).toEqual([]);
    });

    it("is not moved in a dry run, and ends the session when it ends", async () => {
      const four = join(folder, "four.txt");
      writeFileSync(four, seesaw(4));
      const first = group.cpus();
      const dry = await schedlab(...arguments_("--group", group.name, "--replay", four, "--dry-run"));
      expect([dry.code, group.cpus()]).toEqual([0, first]);
      expect(dry.stdout).toMatch(/\n3 moves decided, none made\n$/);
      const target = groupTarget(group.name, NODES);
      await group.remove();
      expect(target.cpus()).toBeUndefined();
      expect(createUsage([target], NODES)(1)).toEqual([]);
    });
  },
);

describe.skipIf(noProcesses !== undefined)(
  `a process of many threads (skipped: ${noProcesses ?? "no"})`,
  () => {
    /** Node itself starts several threads. */
    const THREADS =
      'setInterval(() => {}, 1000); require("node:fs").readFile("/", () => console.log("ready"));';
    /** This program starts three more while it is being moved. */
    const MORE_THREADS = `${THREADS}
      const { Worker } = require("node:worker_threads");
      for (const delay of [50, 100, 150])
        setTimeout(() => new Worker("setInterval(() => {}, 1000)", { eval: true }), delay);`;

    async function threaded(script: string): Promise<number> {
      const child = start(process.execPath, ["-e", script]);
      // Its last threads start for its first work with files.
      await until(() => child.output() === "ready\n");
      return child.pid!;
    }

    it("is moved with threads that start meanwhile, and restored", async () => {
      const pid = await threaded(MORE_THREADS);
      const target = processTarget(pid);
      const saved = target.save();
      for (const { cpus } of [NODES[1], NODES[0]]) {
        target.confine({ cpus, memory: "" });
        expect(new Set(threadCpus(pid))).toEqual(new Set([String(cpus[0])]));
      }
      if (saved.kind === "process") expect(restoreProcess(saved)).toBe(true);
      expect(target.cpus()).toEqual(CPUS);
      expect(new Set(threadCpus(pid)).size).toBe(1);
    });

    it("gets each thread's own CPUs back after SIGKILL", async () => {
      const pid = await threaded(THREADS);
      const odd = Number(readdirSync(`/proc/${pid}/task`).at(-1));
      spawnSync("taskset", ["-cp", String(CPUS[1]), String(odd)]);
      const first = threadCpus(pid);
      expect(first).toContain(String(CPUS[1]));
      const child = start(process.execPath, [
        MAIN,
        ...arguments_("--pid", String(pid), "--replay", recording),
      ]);
      await until(() => threadCpus(pid)[0] !== first[0]);
      const ended = exitOf(child);
      child.kill("SIGKILL");
      await ended;
      const { stdout } = await schedlab("balance", "--restore", "--journal", join(folder, "journal"));
      expect(stdout).toMatch(new RegExp(`^restored process ${pid} to CPUs `));
      expect(threadCpus(pid)).toEqual(first);
    });

    it("that reuses another's pid is not changed", async () => {
      const pid = await threaded(THREADS);
      const saved = processTarget(pid).save();
      spawnSync("taskset", ["-a", "-cp", String(CPUS[0]), String(pid)]);
      if (saved.kind === "process") expect(restoreProcess({ ...saved, start: saved.start + 1 })).toBe(false);
      expect(threadCpus(pid)[0]).toBe(String(CPUS[0]));
    });

    it("is refused where it is not best-effort work", () => {
      expect(() => processTarget(1)).toThrow("cannot move process 1: it is the init process");
      expect(() => processTarget(process.pid)).toThrow("it is schedlab itself");
      expect(() => processTarget(2 ** 22)).toThrow("no process 4194304; check --pid");
    });

    it("ends its probes when it ends", async () => {
      const pid = await threaded(THREADS);
      const robust = ["--policy", "las-robust", "--interval", "60", "--pid", String(pid)];
      const child = start(process.execPath, [MAIN, ...arguments_(...robust)]);
      const probes = (): number[] =>
        readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8")
          .trim()
          .split(" ")
          .filter(Boolean)
          .map(Number);
      const isPinned = (probe: number, node: number): boolean => threadCpus(probe)[0] === String(CPUS[node]);
      await until(() => probes().length === 2 && probes().every(isPinned));
      const running = probes();
      const ended = exitOf(child);
      child.kill("SIGKILL");
      await ended;
      await until(() => running.every((probe) => !existsSync(`/proc/${probe}`)));
      await schedlab("balance", "--restore", "--journal", join(folder, "journal"));
    });
  },
);
