import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";

const PROJECT = resolve(import.meta.dirname, "../..");
const REAL = resolve(PROJECT, "../shared/data");

/** Of the real traces, those of different makers and ages. */
const REAL_FOLDERS = {
  machine_events: ["clusterdata-2011-2"],
  task_events: ["clusterdata-2011-2"],
  task_usage: ["google2011-replay-small", "google2019-as-2011", "planetlab-20110303-as-2011"],
};
const LINES_OF_EACH = 20_000;

/**
 * Returns rows (latin1 text) of a table, the last ones of its last part: of real traces where they are beside
 * the checkout, else of the sample.
 */
export function googleLines(table) {
  const isReal = existsSync(REAL);
  const folders = isReal
    ? REAL_FOLDERS[table].map((name) => join(REAL, name))
    : [join(PROJECT, "data/google2011-sample")];
  const lines = folders.flatMap((folder) => linesOf(join(folder, table)).slice(-LINES_OF_EACH));
  return { lines, origin: isReal ? "real traces" : "the generated sample" };
}

function linesOf(folder) {
  return readdirSync(folder)
    .sort()
    .slice(-1)
    .flatMap((name) => {
      const bytes = readFileSync(join(folder, name));
      const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("latin1");
      return text.split("\n").filter((line) => line !== "");
    });
}
