import { describe, expect, it } from "vitest";
import { policyFindings } from "../../src/charts/findings.js";
import type { ColumnTable } from "arquero";
import type { Run } from "../../src/simulate/simulate.js";
import { madeUpRun } from "./made-up-runs.js";
import { tableOfRuns } from "../study/made-up-table.js";

interface World {
  readonly base: number;
  readonly mover: number;
  readonly moverHarm: number;
  readonly replicates?: number;
}

/** A baseline, a policy that migrates, and a policy that differs from the baseline only by noise. */
function study({ base, mover, moverHarm, replicates = 6 }: World): ColumnTable {
  const runs = Array.from({ length: replicates }, (_, i) => {
    const luck = 0.01 * Math.sin(i);
    const run = (policy: string, gini: number, harm: number, gb: number): Run =>
      madeUpRun({
        policy,
        summary: {
          gini: gini + luck,
          giniBound: 0.1,
          balancedShare: gini < 0.25 ? 0.9 : 0.1,
          utilization: 0.4 + luck,
          beThroughput: 0.99,
          lcViolations: harm + luck / 10,
          migrationGb: gb,
          pingPong: 7,
        },
      });
    return [
      run("no-migration", base, 0.02, 0),
      run("steal-time", mover, moverHarm, 120),
      run("random", base + 0.01 * Math.cos(3 * i), 0.02, 0),
    ];
  });
  return tableOfRuns(runs);
}

const find = (findings: readonly string[], start: string): string =>
  findings.find((sentence) => sentence.startsWith(start)) ?? `nothing starts with ${start}`;

describe("policyFindings", () => {
  it("states the numbers where evenness harms LC work", () => {
    const findings = policyFindings(study({ base: 0.33, mover: 0.23, moverHarm: 0.05 }));
    expect(find(findings, "Evenness")).toMatch(
      /Gini of no-migration: 0\.33\d \[.*Lower: steal-time \(-0\.100 .*Higher: none\. No difference shown: random\. The lowest, steal-time at 0\.23\d, is 0\.13\d above/,
    );
    const balance = find(findings, "The mark of 0.25");
    expect(balance).toContain("(Gini 0.316 to 0.378 in 2011) is not balanced by the thesis's mark");
    expect(balance).toMatch(
      /no-migration with 0\.33\d is within that range.*10 % under no-migration, at most 90 % \(steal-time\)/,
    );
    expect(find(findings, "LC tasks short of CPU")).toContain("Higher: steal-time (3 [3, 3] pp)");
    expect(find(findings, "Gini against LC tasks short of CPU")).toMatch(
      /2 of 3 pairs of policies are in opposite order, 2 of them .* steal-time, more even than (no-migration|random) .* worse for LC work \(5\.\d+ % against 2\.\d+ %\)/,
    );
    // 120 GB for 10 points.
    expect(find(findings, "Price")).toContain(
      "cheapest first: steal-time 12 [12, 12]. No policy lowers the Gini without migrating.",
    );
    expect(find(findings, "The thesis's rule")).toContain("(lower) for 120 GB, 7 returns");
  });

  it("states the contrary where the numbers are the other way round", () => {
    const findings = policyFindings(study({ base: 0.2, mover: 0.3, moverHarm: 0.01 }));
    expect(find(findings, "Evenness")).toContain("Lower: none. Higher: steal-time (0.100");
    expect(find(findings, "The mark of 0.25")).toMatch(/is below that range.*90 % under no-migration/);
    expect(find(findings, "LC tasks short of CPU")).toContain("Lower: steal-time (-1 [-1, -1] pp)");
    expect(find(findings, "Price")).toContain("No policy that migrates is lower in Gini in every replicate");
    expect(find(findings, "The thesis's rule")).toContain("(higher)");
  });

  it("gives no verdict on few replicates", () => {
    const text = policyFindings(study({ base: 0.33, mover: 0.23, moverHarm: 0.05, replicates: 3 })).join(
      "\n",
    );
    expect(text).toContain("Too few replicates for verdicts.");
    expect(text).not.toMatch(/Lower:|\[/);
  });
});
