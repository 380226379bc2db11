/**
 * `npm run readme`: draws the pictures of README.md and docs/ anew, runs the commands that the pages show
 * with their output (blocks.mjs) and puts in what they print now. A command on a trace that is not on this
 * machine keeps what it printed last. Writes docs/policies.md, too.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import {
  capacityChart,
  carryingCapacity,
  dataFlow,
  machineGrid,
  openWorkload,
  overview,
  simulate,
  tradeOff,
} from "../../dist/index.js";
import { latencyTail, runTestbed } from "../../dist/systems/giantvm/index.js";
import { createRenderer } from "../../dist/charts/export/renderer.js";
import { blockOf, PAGES, replaceBlocks, traceFolder } from "./blocks.mjs";
import { layOut, outputOf } from "./examples.mjs";

const root = new URL("../../", import.meta.url);
const main = new URL("dist/tools/cli/main.js", root).pathname;

const policies = ["no-migration", "least-loaded", "threshold", "gini-greedy", "steal-time"];

const pictures = new URL("data/readme/", root);
const renderer = createRenderer();
const workload = await openWorkload("synthetic");
const runs = policies.map((policy) => simulate(workload, policy, { keepMachines: true }));
const searches = await carryingCapacity(
  { trace: "synthetic", machines: 200, steps: 96, seeds: [1, 2, 3, 4, 5], policies },
  { workers: 2 },
);
const testbed = ["without-be", "naive", "las"].map((name) => runTestbed(name, { seed: 1 }));
mkdirSync(pictures, { recursive: true });
const figures = [
  dataFlow(),
  overview(runs, searches),
  machineGrid([runs[0], runs[policies.indexOf("gini-greedy")]]),
  tradeOff(runs),
  capacityChart(searches),
  latencyTail(testbed),
];
for (const figure of figures) {
  const drawn = await renderer.render(figure);
  if (drawn === undefined) {
    console.log(`kept: ${figure.name}.png (no browser to draw it with)`);
    continue;
  }
  writeFileSync(new URL(`${figure.name}.png`, pictures), drawn.png);
  console.log(`drew: ${figure.name}.png`);
}
await renderer.close();
await import("./screenshots.mjs");
// The figure of all architectures is the notebook's own.
execFileSync("npm", ["run", "reproduce", "--", "--only", "14"], { cwd: root, stdio: "inherit" });
copyFileSync(new URL("figures/14-waits-and-costs.png", root), new URL("architectures.png", pictures));

for (const name of PAGES) {
  const page = new URL(name, root);
  const markdown = readFileSync(page, "utf8");
  const folder = layOut(markdown);
  const updated = replaceBlocks(markdown, (whole, command) => {
    const trace = traceFolder(command);
    if (trace !== undefined && !existsSync(new URL(trace, root))) {
      console.log(`kept: ${command} (no ${trace} here)`);
      return whole;
    }
    const output = outputOf(command, folder);
    console.log(`ran:  ${command}`);
    return blockOf(command, output);
  });
  rmSync(folder, { recursive: true });
  writeFileSync(page, updated);
  console.log(`wrote: ${name}`);
}

const page = execFileSync(process.execPath, [main, "policies", "--markdown"], { encoding: "utf8" });
writeFileSync(new URL("docs/policies.md", root), page);
console.log("wrote: docs/policies.md");
