/**
 * A static scenario that other simulators can run, too (docs/performance.md): 800 hosts of 64 CPUs, N VMs of
 * one CPU, all from the beginning to the end of 288 steps, first fit. Whole processes, with their start.
 */
import { execFileSync } from "node:child_process";

const HOSTS = 800;
const CPUS = 64;
const STEPS = 288;
const COUNTS = [1000, 10_000, 50_000];

const [count] = process.argv.slice(2);
if (count?.startsWith("vms=")) {
  const { simulate, workloadFrom } = await import("../../dist/index.js");
  const vms = Number(count.slice("vms=".length));
  const workload = workloadFrom({
    machines: Array.from({ length: HOSTS }, (_, id) => ({ id })),
    tasks: Array.from({ length: vms }, (_, job) => ({
      ...{ job, class: "BE", start: 0, end: STEPS * 300 },
      ...{ cpu: 1 / CPUS, cpuRequest: 1 / CPUS, memory: 0 },
    })),
  });
  const { summary } = simulate(workload, "first-fit", { model: { cpuOvercommit: 1 } });
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const delivered = summary.utilization * HOSTS * CPUS;
  console.log(
    `  ${vms} VMs: ${((userCPUTime + systemCPUTime) / 1e6).toFixed(2)} s of CPU, ` +
      `${(maxRSS / 1024).toFixed(0)} MB, ${delivered.toFixed(3)} CPUs delivered`,
  );
} else {
  console.log("static hosts: 800 hosts of 64 CPUs, 288 steps, first fit");
  for (const vms of COUNTS) {
    execFileSync(process.execPath, [new URL(import.meta.url).pathname, `vms=${vms}`], { stdio: "inherit" });
  }
}
