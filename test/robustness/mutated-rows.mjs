/**
 * Reads N mutated rows of each table of the Google trace, by the strict and by the fast reader, and checks
 * that every row that is refused is located. Usage, after `npm run build`: node
 * test/robustness/mutated-rows.mjs [N, default 100000] [seed, default 1] [table, default: each]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomStream } from "../../dist/base/random.js";
import { checkRows } from "./check-rows.mjs";
import { googleLines } from "./google-lines.mjs";
import { googleReaders } from "./google-readers.mjs";

const [rows = "100000", seed = "1", only] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "schedlab-rows-"));
try {
  const readers = await googleReaders((path) => import(new URL(`../../dist/${path}`, import.meta.url).href));
  for (const table of only === undefined ? ["machine_events", "task_events", "task_usage"] : [only]) {
    const { lines, origin } = googleLines(table);
    const sum = await checkRows({
      ...{ table, lines, folder, readers },
      rows: Number(rows),
      random: randomStream(Number(seed), "noise", table),
      onProgress: ({ mutated }) =>
        void (mutated % 100_000 === 0 && console.error(`${table}: ${mutated} rows`)),
    });
    console.log(
      `${table}: ${sum.mutated} rows mutated (from ${origin}), ${sum.lines} lines read in ${sum.files} files, ` +
        `${sum.fastFiles} of them by the fast reader; ${sum.refused} lines refused, ${sum.located} located`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
