import type { Workload } from "../../workload/workload.js";

/** The largest number of printed places; the provenance has more. */
const SHOWN = 10;

/** Returns lines with the number of skipped rows of a trace and the first places; "" without skipped rows. */
export function describeSkippedRows({ provenance: { inputs, report } }: Workload): string {
  const count = Object.entries(report)
    .filter(([name]) => name.endsWith(".skippedRows"))
    .reduce((sum, [, rows]) => sum + rows, 0);
  if (count === 0) return "";
  const places = inputs.flatMap(({ path, skipped = [] }) => skipped.map((place) => `  ${path}, ${place}`));
  const shown = places.slice(0, SHOWN);
  const title = `${count} ${count === 1 ? "row" : "rows"} left out`;
  if (shown.length === count) return [`${title}:`, ...shown, ""].join("\n");
  return [`${title}, among them:`, ...shown, ""].join("\n");
}
