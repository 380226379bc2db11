/** The days of three real LTE cells in rows of two minutes, for tests; none where the folder is missing. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { CellRow } from "../../../src/systems/cloud-ran/index.js";
import { readRows } from "../architectures/reference.js";
import { CELLULAR } from "./reference.js";

/** Returns the rows of all days with at least 700 of 720 samples; a day of a cell is a cell of its own. */
export function supercomDays(direction: "down" | "up"): CellRow[] {
  if (!existsSync(CELLULAR)) return [];
  return readdirSync(CELLULAR)
    .filter((file) => file.startsWith("supercom-"))
    .sort()
    .flatMap((file) => {
      const days = new Map<string, CellRow[]>();
      for (const row of readRows(gunzipSync(readFileSync(join(CELLULAR, file))).toString())) {
        const [day, clock] = row.time.split(" ");
        const [hours, minutes] = clock.split(":").map(Number);
        const cell = `${file.slice(9, -7)} ${day}`;
        const rows = days.get(cell) ?? [];
        days.set(cell, rows);
        rows.push({ cell, time: 3600 * hours + 60 * minutes, load: Number(row[direction]) });
      }
      return [...days.values()].filter((rows) => rows.length >= 700).flat();
    });
}
