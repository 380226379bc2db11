/**
 * Rows of task_usage per second that `convert` reads, against csv-parse alone (on the first parts), and its
 * time against that of `gzip -dc` alone on the same files with as many processes as there are cores.
 */
import { spawn } from "node:child_process";
import {
  createReadStream,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { createGunzip, gunzipSync, gzipSync } from "node:zlib";
import { parse } from "csv-parse";
import { generateWorkload } from "../../dist/index.js";
import { convertGoogle2011 } from "../../dist/traces/google2011/convert.js";
import { writeGoogle2011 } from "../../dist/traces/google2011-writer/write.js";
import { randomStream } from "../../dist/base/random.js";

const RUNS = 3;
/**
 * A quarter of the cell, a day: starting threads and compiling code weigh little, as in the trace itself with
 * its 1.2 billion rows.
 */
const MACHINES = 3200;
/** csv-parse takes a minute or more for all of them. */
const PARSED_PARTS = 3;
const folder = mkdtempSync(join(tmpdir(), "schedlab-bench-"));

const random = randomStream(1, "bench");
const NUMBERS = Array.from({ length: 10_000 }, () => (random() ** 3).toPrecision(4));

/**
 * The writer leaves out the columns that a workload lacks; the published files have them, and are as much
 * longer.
 */
function fillColumns(path) {
  let next = Number(/part-(\d+)/.exec(path)[1]);
  const number = () => NUMBERS[(next = (next + 7919) % NUMBERS.length)];
  const fill = (field, i) => (field === "" && i !== 4 ? number() : field);
  const lines = gunzipSync(readFileSync(path)).toString().trimEnd().split("\n");
  const filled = lines.map((line) => line.split(",").map(fill).join(","));
  writeFileSync(path, gzipSync(`${filled.join("\n")}\n`));
  return lines.length;
}

async function gunzipAlone(paths) {
  const queue = [...paths];
  const next = async () => {
    for (let path = queue.shift(); path; path = queue.shift()) {
      await new Promise((end) =>
        spawn("gzip", ["-dc", path], { stdio: ["ignore", "ignore", "ignore"] }).on("close", end),
      );
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, next));
}

async function csvParseAlone(paths) {
  let rows = 0;
  for (const path of paths) {
    for await (const record of createReadStream(path).pipe(createGunzip()).pipe(parse()))
      rows += record.length > 0;
  }
  return rows;
}

/** Seconds, and seconds of CPU of this process and its threads. */
const time = async (work) => {
  globalThis.gc?.();
  const began = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 };
};
const median = (times) => {
  const middle = (key) =>
    times.map((taken) => taken[key]).sort((a, b) => a - b)[Math.floor(times.length / 2)];
  return { seconds: middle("seconds"), cpu: middle("cpu") };
};

try {
  const trace = join(folder, "trace");
  await writeGoogle2011(generateWorkload({ machines: MACHINES, steps: 288, seed: 1 }), trace);
  const usage = readdirSync(join(trace, "task_usage")).map((name) => join(trace, "task_usage", name));
  const rowsOf = usage.map(fillColumns);
  const rows = rowsOf.reduce((a, b) => a + b, 0);
  const parsedRows = rowsOf.slice(0, PARSED_PARTS).reduce((a, b) => a + b, 0);
  const megabytes = usage.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6;
  const taken = { gzip: [], parse: [], some: [], all: [] };
  const convert = (machines) =>
    time(() => convertGoogle2011(trace, join(folder, "out.arrow"), { machines, shape: "any", memory: 4e9 }));
  for (let i = 0; i < RUNS; i++) {
    taken.gzip.push(await time(() => gunzipAlone(usage)));
    taken.parse.push(await time(() => csvParseAlone(usage.slice(0, PARSED_PARTS))));
    taken.some.push(await convert(MACHINES / 10));
    taken.all.push(await convert("all"));
  }
  const [gzip, some, all] = [taken.gzip, taken.some, taken.all].map(median);
  const ofSome = median(taken.parse);
  const parsed = {
    seconds: (ofSome.seconds * rows) / parsedRows,
    cpu: (ofSome.cpu * rows) / parsedRows,
  };
  const line = (name, { seconds, cpu }, hasCpu = true) =>
    console.log(
      [
        `  ${name.padEnd(28)} ${Math.round(rows / seconds / 1000)} k rows/s`,
        `${(seconds / gzip.seconds).toFixed(1)} x gzip -dc`,
        `${(parsed.seconds / seconds).toFixed(1)} x as fast as csv-parse`,
        ...(hasCpu ? [`${((cpu / rows) * 1e6).toFixed(2)} us of CPU a row`] : []),
      ].join(", "),
    );
  console.log(
    `convert: ${rows} rows of task_usage in ${usage.length} parts, ${megabytes.toFixed(0)} MB (median of ${RUNS}, in turn)`,
  );
  line("gzip -dc alone", gzip, false);
  line("csv-parse alone", parsed);
  line("convert, a tenth of machines", some);
  line("convert, all machines", all);
  console.log(`  peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
