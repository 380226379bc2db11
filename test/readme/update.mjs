/**
 * `npm run readme`: draws the pictures of README.md anew, runs the commands that README.md shows with their
 * output (blocks.mjs) and puts in what they print now. A command on a trace that is not on this machine keeps
 * what it printed last. Writes docs/policies.md, too.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import {
  capacityChart,
  carryingCapacity,
  giniOverTime,
  openWorkload,
  simulate,
  tradeOff,
} from "../../dist/index.js";
import { createRenderer } from "../../dist/charts/export/renderer.js";
import { blockOf, replaceBlocks, traceFolder } from "./blocks.mjs";

const readme = new URL("../../README.md", import.meta.url);
const main = new URL("../../dist/tools/cli/main.js", import.meta.url).pathname;

const pictures = new URL("../../data/readme/", import.meta.url);
const renderer = createRenderer();
const workload = await openWorkload("synthetic");
const runs = ["no-migration", "least-loaded", "threshold", "gini-greedy", "steal-time"].map((policy) =>
  simulate(workload, policy),
);
const searches = await carryingCapacity(
  {
    trace: "synthetic",
    machines: 200,
    steps: 96,
    seeds: [1, 2, 3, 4, 5],
    policies: ["no-migration", "threshold", "gini-greedy", "steal-time"],
  },
  { workers: 2 },
);
const capacity = capacityChart(searches);
mkdirSync(pictures, { recursive: true });
for (const figure of [giniOverTime(runs), tradeOff(runs), capacity]) {
  const drawn = await renderer.render(figure, { width: "column" });
  if (drawn === undefined) {
    console.log(`kept: ${figure.name}.png (no browser to draw it with)`);
    continue;
  }
  writeFileSync(new URL(`${figure.name}.png`, pictures), drawn.png);
  console.log(`drew: ${figure.name}.png`);
}
await renderer.close();

const updated = replaceBlocks(readFileSync(readme, "utf8"), (whole, command) => {
  const folder = traceFolder(command);
  if (folder !== undefined && !existsSync(folder)) {
    console.log(`kept: schedlab ${command} (no ${folder} here)`);
    return whole;
  }
  const output = execFileSync(process.execPath, [main, ...command.split(" ")], { encoding: "utf8" });
  console.log(`ran:  schedlab ${command}`);
  return blockOf(command, output);
});
writeFileSync(readme, updated);

const docs = new URL("../../docs/", import.meta.url);
mkdirSync(docs, { recursive: true });
const page = execFileSync(process.execPath, [main, "policies", "--markdown"], { encoding: "utf8" });
writeFileSync(new URL("policies.md", docs), page);
console.log("wrote: docs/policies.md");
