/**
 * Runs a little work on every node. Steal time grows only while a CPU has something to run, so idle nodes
 * would not show it.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import type { Node } from "./topology.js";

/**
 * Spins 2 ms in every 100 ms (2 % of one CPU). Ends when its standard input closes, so also when its parent
 * crashes.
 */
const SPIN = `
process.stdin.on("end", () => process.exit()).resume();
setInterval(() => { const end = performance.now() + 2; while (performance.now() < end); }, 100);`;

export interface Probe {
  readonly stop: () => void;
}

/** Returns why no probe can run here; undefined where it can. */
export function probeObstacle(): string | undefined {
  const missing = ["chrt", "taskset"].filter((tool) => spawnSync(tool, ["--version"]).error !== undefined);
  return missing.length === 0 ? undefined : `${missing.join(" and ")} of util-linux not found`;
}

/** Starts a probe on each node with SCHED_IDLE, so that it runs only where nothing else wants the CPU. */
export function startProbe(nodes: readonly Node[]): Probe {
  const children: ChildProcess[] = nodes.map(({ cpus }) => {
    const command = ["taskset", "-c", cpus.join(), "chrt", "-i", "0", process.execPath, "-e", SPIN];
    const child = spawn(command[0], command.slice(1), { stdio: ["pipe", "ignore", "ignore"], env: {} });
    // If a probe cannot start, its node stays unknown, which deciders can handle.
    child.on("error", () => undefined);
    return child;
  });
  return {
    stop: () => {
      for (const child of children) child.kill("SIGKILL");
    },
  };
}
