/** 800 machines, 29 days of generated trace, each policy in a process of its own: time and peak memory. */
import { execFileSync } from "node:child_process";
import { createPolicy, generateWorkload, POLICIES, simulate } from "../../dist/index.js";

const only = process.argv[2];

if (only?.startsWith("policy=")) {
  const policy = only.slice("policy=".length);
  const began = performance.now();
  const workload = await generateWorkload({ machines: 800, steps: 29 * 288, seed: 1 });
  const generated = (performance.now() - began) / 1000;
  const { timing } = simulate(workload, createPolicy(policy));
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(
    [
      `  ${policy.padEnd(18)}`,
      `generate ${generated.toFixed(1)} s`,
      `simulate ${timing.simulateSeconds.toFixed(1)} s`,
      `${(timing.taskStepsPerSecond / 1e6).toFixed(1)} M task-steps/s`,
      `${peak.toFixed(0)} MB`,
    ].join("  "),
  );
} else {
  console.log("29 days on 800 machines, one process per policy");
  for (const { name } of POLICIES) {
    execFileSync(process.execPath, [new URL(import.meta.url).pathname, `policy=${name}`], {
      stdio: "inherit",
    });
  }
}
