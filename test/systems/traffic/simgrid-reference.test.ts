/** Completion times of SimGrid 3.32 on a star, flow by flow. */
import { describe, expect, it } from "vitest";
import type { Flows } from "../../../src/systems/traffic/flows.js";
import { bigSwitch } from "../../../src/systems/traffic/network.js";
import { runFlows } from "../../../src/systems/traffic/run-flows.js";
import { readRows, referenceFiles, type ReferenceFile } from "./reference.js";

const files = referenceFiles(/^simgrid-star.*\.csv$/);
const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

/** Servers and links: from params.json, else from the file's name and from a flow that was alone on its links. */
function starOf({ name, params }: ReferenceFile, { source, target, bytes }: Flows, times: number[]) {
  const named = Number(/star(\d+)/.exec(name)?.[1] ?? 0);
  const servers = number(params.servers) ?? Math.max(named, 1 + Math.max(...source, ...target));
  const fastest = Number(Math.max(...bytes.map((size, f) => size / times[f])).toPrecision(9));
  const rate = number(params.linkBytesPerSecond) ?? fastest;
  return bigSwitch(servers, number(params.linkGbps) ?? (rate * 8) / 1e9);
}

describe.skipIf(files.length === 0)("fluid flows equal SimGrid's", () => {
  it.each(files)("$name", (file) => {
    const rows = readRows(file);
    const flows: Flows = {
      arrival: Float64Array.from(rows, (row) => Number(row.arrival_s)),
      source: Int32Array.from(rows, (row) => Number(row.src)),
      target: Int32Array.from(rows, (row) => Number(row.dst)),
      bytes: Float64Array.from(rows, (row) => Number(row.bytes)),
    };
    const column = Object.keys(rows[0]).find((name) => name.startsWith("fct_s"))!;
    const expected = rows.map((row) => Number(row[column]));
    const { completionTime } = runFlows(flows, starOf(file, flows, expected));
    // The file has twelve decimals.
    expected.forEach((time, f) => {
      expect(Math.abs(completionTime[f] - time), `flow ${f}`).toBeLessThanOrEqual(1e-9 * time + 5e-13);
    });
  });
});
