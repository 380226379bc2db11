/**
 * Rows per second of the strict reader, of csv-parse alone and of gunzip alone, over one generated part of
 * task_usage.
 */
import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import { generateWorkload } from "../../dist/index.js";
import { readTable } from "../../dist/traces/text/read-table.js";
import { SCHEMAS } from "../../dist/traces/google2011/tables.js";
import { writeGoogle2011 } from "../../dist/traces/google2011-writer/write.js";

const RUNS = 3;
const folder = mkdtempSync(join(tmpdir(), "schedlab-bench-"));

async function gunzipOnly(path) {
  let bytes = 0;
  for await (const chunk of createReadStream(path).pipe(createGunzip())) bytes += chunk.length;
  return bytes;
}

async function csvParseOnly(path) {
  let rows = 0;
  for await (const record of createReadStream(path).pipe(createGunzip()).pipe(parse()))
    rows += record.length > 0;
  return rows;
}

const time = async (work) => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

try {
  await writeGoogle2011(generateWorkload({ machines: 1600, steps: 16, seed: 1 }), folder);
  const path = join(folder, "task_usage", "part-00000-of-00500.csv.gz");
  const taken = { gunzip: [], parse: [], strict: [] };
  let rows = 0;
  for (let i = 0; i < RUNS; i++) {
    taken.gunzip.push(await time(() => gunzipOnly(path)));
    taken.parse.push(await time(() => csvParseOnly(path)));
    taken.strict.push(
      await time(async () => ({ rows } = await readTable(path, SCHEMAS.task_usage, () => undefined))),
    );
  }
  const [gunzip, parsed, strict] = [taken.gunzip, taken.parse, taken.strict].map(median);
  const line = (name, seconds) =>
    console.log(
      `  ${name.padEnd(14)} ${Math.round(rows / seconds / 1000)} k rows/s, ${(seconds / gunzip).toFixed(1)} x gunzip`,
    );
  console.log(`${rows} rows of task_usage, .csv.gz (median of ${RUNS}, in turn)`);
  line("gunzip alone", gunzip);
  line("csv-parse", parsed);
  line("strict reader", strict);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
