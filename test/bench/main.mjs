/**
 * `npm run bench`: how fast the clock loop, the policies, the strict reader and `convert` are. Figures are
 * ratios within one run wherever they can be: machines differ, and this one may be busy. Each part runs in a
 * process of its own, so that its peak memory is its own.
 */
import { execFileSync } from "node:child_process";

const parts = [
  "clock-loop",
  "decisions",
  "month",
  "machines",
  "static-hosts",
  "csv-rows",
  "convert",
  "sweep",
  "architectures",
  "cloud-ran",
];

for (const part of parts) {
  const script = new URL(`./${part}.mjs`, import.meta.url).pathname;
  execFileSync(process.execPath, ["--expose-gc", script, ...process.argv.slice(2)], { stdio: "inherit" });
}
