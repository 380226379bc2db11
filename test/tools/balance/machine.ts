/** Real control groups and processes for tests, with unique names and removed afterwards. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseCpuList } from "../../../src/tools/balance/cpu-list.js";

const CPUSET = "/sys/fs/cgroup/cpuset";
export const MAIN: string = new URL("../../../dist/tools/cli/main.js", import.meta.url).pathname;

/** The first two CPUs that this process may use; each is a node. */
export const CPUS: readonly number[] = usableCpus().slice(0, 2);

/** The reason why real work cannot be moved here; undefined where it can. */
export function obstacle(): string | undefined {
  if (process.platform !== "linux") return "not Linux";
  if (process.getuid?.() !== 0) return "not root";
  if (CPUS.length < 2) return "one CPU only";
  if (spawnSync("taskset", ["--version"]).error !== undefined) return "no taskset";
  if (!existsSync(MAIN)) return "dist is not built";
  return undefined;
}

/** The reason why no control group can be made here; undefined where it can. */
export function groupObstacle(): string | undefined {
  const other = obstacle();
  if (other !== undefined) return other;
  if (!existsSync(join(CPUSET, "cpuset.cpus"))) return "no cpuset of version 1";
  try {
    const path = join(CPUSET, `schedlab-test-${process.pid}-try`);
    mkdirSync(path);
    rmdirSync(path);
    return undefined;
  } catch {
    return "the cpuset is read-only";
  }
}

export interface TestGroup {
  readonly name: string;
  readonly path: string;
  readonly pids: readonly number[];
  readonly cpus: () => string;
  readonly remove: () => Promise<void>;
}

/** A group on both CPUs with two busy loops in it. */
export function makeGroup(label: string): TestGroup {
  const name = `schedlab-test-${process.pid}-${label}`;
  const path = join(CPUSET, name);
  mkdirSync(path);
  writeFileSync(join(path, "cpuset.cpus"), CPUS.join());
  writeFileSync(join(path, "cpuset.mems"), readFileSync(join(CPUSET, "cpuset.mems"), "utf8"));
  const loops = [0, 1].map(() =>
    spawn("nice", ["-n", "19", "sh", "-c", "while :; do :; done"], { stdio: "ignore" }),
  );
  for (const { pid } of loops) writeFileSync(join(path, "cgroup.procs"), String(pid));
  return {
    name,
    path,
    pids: loops.map(({ pid }) => pid!),
    cpus: () => readFileSync(join(path, "cpuset.cpus"), "utf8").trim(),
    remove: async () => {
      await Promise.all(loops.map(end));
      // The kernel releases the last process shortly after it ended.
      await until(() => {
        try {
          rmdirSync(path);
        } catch {
          return !existsSync(path);
        }
        return true;
      });
    },
  };
}

/** CPUs that each thread of a process may use, by thread. */
export function threadCpus(pid: number): string[] {
  const { stdout } = spawnSync("taskset", ["-a", "-cp", String(pid)], { encoding: "utf8" });
  return stdout
    .trim()
    .split("\n")
    .map((line) => line.replace(/^.*: /, ""));
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}

/** Waits until the condition holds; throws after half a minute. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries === 3000) throw new Error("waited for half a minute without success");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A recording in which the steal alternates between the CPUs, so that LaS moves at every sample. */
export function seesaw(samples: number): string {
  const steal = [0, 0];
  return Array.from({ length: samples }, (_, i) => {
    steal[i % 2] += 500;
    const lines = CPUS.map((cpu, node) => `cpu${cpu} 0 0 0 0 0 0 0 ${steal[node]}\n`);
    return `cpu  0\n${lines.join("")}`;
  }).join("");
}

function usableCpus(): number[] {
  if (process.platform !== "linux") return [];
  const status = readFileSync("/proc/self/status", "utf8");
  return parseCpuList(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? "") ?? [];
}
