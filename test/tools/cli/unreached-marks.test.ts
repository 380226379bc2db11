import { beforeAll, describe, expect, it } from "vitest";
import { describeUnreachedMarks } from "../../../src/tools/cli/unreached-marks.js";
import { POLICIES } from "../../../src/policies/index.js";
import { generateWorkload } from "../../../src/traces/synthetic/generate.js";
import type { ModelOptions } from "../../../src/simulate/model.js";
import { simulate } from "../../../src/simulate/simulate.js";
import type { Workload } from "../../../src/workload/workload.js";
import { tinyWorkload } from "../../tiny-workload.js";
import { schedlab } from "./capture.js";

/** Two machines with one CPU; on the first, a best-effort task wants 0.25, then `peak`. */
const upTo = (peak: number): Workload =>
  tinyWorkload({ machines: [{}, {}], tasks: [{ cpu: [0.25, peak, 0.25], machine: 0 }], steps: 3 });

/** Simulates the policies with parameters by policy. */
function compare(
  workload: Workload,
  policies: readonly string[],
  {
    parameters = {},
    model,
  }: {
    parameters?: Readonly<Record<string, Readonly<Record<string, number>>>>;
    model?: ModelOptions;
  } = {},
): Parameters<typeof describeUnreachedMarks>[0] {
  return policies.map((name) => {
    const { summary, manifest } = simulate(workload, name, { policyParameters: parameters[name], model });
    const { policy: _, ...figures } = summary;
    return { figures, manifest };
  });
}

describe("describeUnreachedMarks", () => {
  it("names each policy that never saw a machine above its mark, its parameter, and the highest load", () => {
    const runs = compare(upTo(0.5), ["no-migration", "threshold", "holt", "thr-mmt", "ward", "random"]);
    expect(describeUnreachedMarks(runs)).toBe(
      "threshold, holt: no machine's load was ever above hot (0.8); the highest was 0.5\n" +
        "thr-mmt: no machine's load was ever above limit (0.8); the highest was 0.5\n" +
        "ward: no machine's load was ever above limit (0.7); the highest was 0.5\n",
    );
  });

  it("has no message for a policy that saw one, even for a single step", () => {
    const runs = compare(upTo(0.75), ["threshold", "ward"]);
    expect(describeUnreachedMarks(runs)).toMatch(
      /^threshold: .* above hot \(0\.8\); the highest was 0\.75\n$/,
    );
    expect(describeUnreachedMarks(compare(upTo(0.875), ["threshold", "ward"]))).toBe("");
  });

  it("uses the value of the mark that was set", () => {
    const parameters = { threshold: { hot: 0.4 } };
    expect(describeUnreachedMarks(compare(upTo(0.5), ["threshold"], { parameters }))).toBe("");
    const set = { parameters: { threshold: { hot: 0.5 } } };
    expect(describeUnreachedMarks(compare(upTo(0.5), ["threshold"], set))).toContain("above hot (0.5)");
  });

  it("knows marks of steal time, and those that cannot be set", () => {
    const runs = compare(upTo(1), ["steal-time", "steal-ewma"]);
    expect(describeUnreachedMarks(runs)).toBe(
      "steal-time: no machine's steal time was ever above threshold (0.0125); the highest was 0\n" +
        "steal-ewma: no machine's load was ever above 1; the highest was 1\n",
    );
    // A demand of 1.25 on 1 CPU means 0.25 of steal time.
    const over = compare(upTo(1.25), ["steal-time", "steal-ewma"]);
    expect(over[0].figures).toMatchObject({ peakLoad: 1.25, peakSteal: 0.25 });
    expect(describeUnreachedMarks(over)).toBe("");
  });

  it("uses what policies saw: ignores steps without decisions and peaks hidden by smoothing", () => {
    const often = compare(upTo(0.875), ["threshold"], { model: { interval: 3 } });
    expect(describeUnreachedMarks(often)).toContain("the highest was 0.25");
    // 0.25, then halfway to 0.875.
    const smooth = compare(upTo(0.875), ["threshold"], { model: { smoothing: 0.5 } });
    expect(describeUnreachedMarks(smooth)).toContain("the highest was 0.5625");
    const never = compare(upTo(0.5), ["threshold"], { model: { interval: 4 } });
    expect(describeUnreachedMarks(never)).toBe("");
  });

  it("combines a policy's replicates", () => {
    const [low, high] = [0.5, 0.875].map((peak) => compare(upTo(peak), ["threshold"])[0]);
    expect(describeUnreachedMarks([low, low])).toContain("the highest was 0.5");
    expect(describeUnreachedMarks([low, high])).toBe("");
  });
});

describe("every mark that can be set", () => {
  // These policies use predicted loads, or empty machines that are far below the mark.
  const MOVES_BELOW = ["holt", "lookahead", "thr-mmt-consolidate"];
  const marked = POLICIES.filter(
    ({ name, mark }) => typeof mark?.above === "string" && !MOVES_BELOW.includes(name),
  );
  let workload: Workload;
  beforeAll(() => {
    workload = generateWorkload({ machines: 40, steps: 40, seed: 1 });
  });

  it.each(marked)(
    "of $name: nothing moves where no machine is above it, and something where all are",
    ({ name, mark, parameters }) => {
      const movesAt = (value: number): number =>
        compare(workload, [name], { parameters: { [name]: { [mark!.above]: value } } })[0].figures.migrations;
      expect(movesAt(parameters[mark!.above].max!)).toBe(0);
      if (mark!.of === "steal") expect(movesAt(0)).toBeGreaterThan(0);
      else expect(movesAt(0.55)).toBeGreaterThan(0);
    },
  );
});

describe("schedlab", () => {
  const SMALL = ["synthetic", "--machines", "20", "--steps", "6", "--set", "hot=5"];
  const LINE = /^threshold: no machine's load was ever above hot \(5\); the highest was [\d.]+\n$/;

  it.each([
    ["simulate", ["simulate", ...SMALL, "--policy", "threshold"]],
    ["compare", ["compare", ...SMALL, "--policy", "no-migration,threshold"]],
  ])("%s says so on standard error", async (_, argv) => {
    const { code, stdout, stderr } = await schedlab(...argv);
    expect(code).toBe(0);
    expect(stderr).toMatch(LINE);
    expect(stdout).not.toContain("was ever above");
  });
});
