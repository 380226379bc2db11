/**
 * Time and peak memory from 800 to 12,583 machines (the cell), a process each. `node test/bench/machines.mjs
 * 29` takes 29 days of the cell alone: 1.1 billion task-steps, 12 GB, a quarter of an hour.
 */
import { execFileSync } from "node:child_process";
import { createPolicy, generateWorkload, simulate } from "../../dist/index.js";

const SIZES = [800, 3200, 12_583];
const POLICIES = ["no-migration", "threshold"];

const [first, second] = process.argv.slice(2);

if (first?.startsWith("size=")) {
  const machines = Number(first.slice("size=".length));
  const began = performance.now();
  const workload = await generateWorkload({ machines, steps: 288 * Number(second), seed: 1 });
  const generated = (performance.now() - began) / 1000;
  const samples = workload.usage.cpu.length;
  console.log(
    `  ${machines} machines: ${(samples / 1e6).toFixed(1)} M task-steps, generated in ${generated.toFixed(1)} s`,
  );
  for (const policy of POLICIES) {
    const { timing } = simulate(workload, createPolicy(policy));
    const peak = process.resourceUsage().maxRSS / 2 ** 20;
    const rate = timing.taskStepsPerSecond / 1e6;
    console.log(
      `    ${policy.padEnd(14)} ${timing.simulateSeconds.toFixed(1)} s  ${rate.toFixed(1)} M task-steps/s  ${peak.toFixed(2)} GiB`,
    );
  }
} else {
  const days = Number(first ?? 1);
  console.log(`cell size: ${days} day${days === 1 ? "" : "s"}, usage modelled`);
  for (const size of days === 1 ? SIZES : SIZES.slice(-1)) {
    const script = new URL(import.meta.url).pathname;
    execFileSync(process.execPath, ["--max-old-space-size=8000", script, `size=${size}`, String(days)], {
      stdio: "inherit",
    });
  }
}
