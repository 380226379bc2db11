/** The simulation against closed forms of one link, and against a separate event simulation. */
import { describe, expect, it } from "vitest";
import { bigSwitch } from "../../../src/systems/traffic/network.js";
import { oneLink } from "../../../src/systems/traffic/queue/one-link.js";
import { runFlows, type RunFlowsOptions } from "../../../src/systems/traffic/run-flows.js";
import {
  meanBytes,
  publishedSizes,
  type SizeDistribution,
} from "../../../src/systems/traffic/sizes/distribution.js";
import { generateFlows } from "../../../src/systems/traffic/sizes/generate.js";
import { meanOf } from "../../../src/metrics/statistics.js";
import { readRows, referenceFiles, sizesOf, thresholdsIn } from "./reference.js";

const SEEDS = 10;
const FLOWS = 30_000;

/** Means over seeds and their standard errors, in units of (mean size) / (link rate). */
function simulated(sizes: SizeDistribution, load: number, options: RunFlowsOptions) {
  const network = bigSwitch(2);
  const alone = meanBytes(sizes) / network.up[0];
  const runs = Array.from({ length: SEEDS }, (_, seed) => {
    const flows = generateFlows(sizes, network, { load, flows: FLOWS, pairs: "one", seed });
    const { completionTime } = runFlows(flows, network, options);
    return {
      completionTime: meanOf(completionTime) / alone,
      slowdown: meanOf(completionTime.map((time, f) => (time * network.up[0]) / flows.bytes[f])),
    };
  });
  return {
    completionTime: meanAndError(runs.map((run) => run.completionTime)),
    slowdown: meanAndError(runs.map((run) => run.slowdown)),
  };
}

function meanAndError(values: number[]): { mean: number; error: number } {
  const mean = meanOf(values);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

const within = (found: { mean: number; error: number }, wanted: number, error = 0): void => {
  expect(Math.abs(found.mean - wanted)).toBeLessThan(4 * Math.hypot(found.error, error));
  // A test that cannot fail would have errors as large as the value.
  expect(found.error / wanted).toBeLessThan(0.1);
};

describe("a simulated link has the means of the closed form", () => {
  it.each([
    ["web-search", 0.5, "ps", {}],
    ["web-search", 0.8, "srpt", { order: "remaining" }],
    ["key-value", 0.7, "ps", {}],
    ["key-value", 0.8, "srpt", { order: "remaining" }],
    ["data-mining", 0.5, "srpt", { order: "remaining" }],
  ] as const)(
    "%s at %f: %s",
    (name, load, discipline, options) => {
      const sizes = publishedSizes(name);
      const found = simulated(sizes, load, options);
      const means = oneLink(sizes, load, discipline);
      within(found.completionTime, means.completionTime);
      within(found.slowdown, means.slowdown);
    },
    60_000,
  );
});

const rows = referenceFiles(/^mlfq-ps-simulated.*\.csv$/).flatMap((file) =>
  readRows(file)
    .filter(({ discipline }) => discipline === "MLFQ-PS")
    .map(
      (row) =>
        ({ ...row, sizes: sizesOf(row.cdf, file) }) as Record<string, string> & { sizes?: SizeDistribution },
    ),
);

describe.skipIf(rows.length === 0)("queues by bytes sent", () => {
  it.each(rows)(
    "$cdf at $load: $thresholds_bytes ($flows_x_seeds)",
    ({ sizes, ...row }) => {
      if (sizes === undefined) return;
      const load = Number(row.load);
      const thresholds = thresholdsIn(row.thresholds_bytes);
      const found = simulated(sizes, load, { thresholds });
      const means = oneLink(sizes, load, "mlfq", { thresholds });
      within(found.completionTime, means.completionTime);
      within(found.slowdown, means.slowdown);
      within(found.completionTime, Number(row.sim_mean), Number(row.sim_se));
      within(found.slowdown, Number(row.sim_mean_slowdown), Number(row.sim_se_slowdown));
    },
    60_000,
  );
});
