import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import { SCENARIO_POLICIES } from "../../../src/systems/cloudsim-planetlab/policies.js";
import {
  simulateCloudSimPlanetLab,
  simulateDay,
  type ScenarioSummary,
} from "../../../src/systems/cloudsim-planetlab/simulate.js";
import { openPlanetLab } from "../../../src/traces/planetlab.js";
import type { Workload } from "../../../src/workload/workload.js";

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "schedlab-cloudsim-"));
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

describe("simulateCloudSimPlanetLab", () => {
  let folder: string;
  beforeAll(async () => {
    folder = join(scratch, "small");
    await mkdir(folder);
    // VMs of 2500 and 2000 MIPS. One host can run both while they are quiet, but not when they are busy.
    for (const name of ["a", "b"])
      await writeFile(join(folder, name), `${"5\n".repeat(15)}${"100\n".repeat(15)}`);
  });

  it("migrates at overload, with a finite service level", async () => {
    for (const policy of SCENARIO_POLICIES.slice(2)) {
      for (const mode of ["clean", "cloudsim-3.0.3"]) {
        const { summary } = await simulateCloudSimPlanetLab(folder, { policy, mode, hosts: 10 });
        expect(summary.migrations).toBeGreaterThan(0);
        expect(summary.pdmPercent).toBeGreaterThan(0);
        for (const value of Object.values(summary))
          if (typeof value === "number") expect(value).not.toBeNaN();
        expect(summary).toMatchObject({ policy, mode, vms: 2, hosts: 10, unplacedVms: 0 });
      }
    }
  });

  it("states its inputs and rules in the manifest", async () => {
    const { summary, manifest } = await simulateCloudSimPlanetLab(folder, {
      policy: "no-migration",
      mode: "clean",
      rules: { removeIdleVms: true },
    });
    expect(summary).toMatchObject({ policy: "dvfs", hosts: 800, migrations: 0 });
    expect(manifest).toMatchObject({
      scenario: "cloudsim-planetlab",
      mode: "clean",
      policy: { name: "dvfs", parameters: {} },
      workload: { source: "planetlab", vms: 2, samples: 30 },
    });
    expect(manifest.rules).toMatchObject({ removeIdleVms: true, wholeMips: false });
    expect(manifest.workload.inputs.map(({ path }) => path)).toEqual(["a", "b"]);
  });

  it("gives the same result twice", async () => {
    const options = { policy: "mad-mmt", mode: "cloudsim-3.0.3" };
    const run = async (): Promise<string> => JSON.stringify(await simulateCloudSimPlanetLab(folder, options));
    expect(await run()).toBe(await run());
  });

  it.each([
    [
      { policy: "thr-mm", mode: "clean" },
      "unknown policy of cloudsim-planetlab: thr-mm (did you mean thr-mmt?); it has dvfs,",
    ],
    [{ policy: "dvfs", mode: "cloudsim" }, "unknown mode of cloudsim-planetlab: cloudsim"],
    [{ policy: "dvfs", mode: "clean", hosts: 0 }, "invalid hosts: 0; give a whole number of 1 or more"],
  ])("refuses %j", async (options, message) => {
    const refusal = simulateCloudSimPlanetLab(folder, options);
    await expect(refusal).rejects.toThrow(InputError);
    await expect(refusal).rejects.toThrow(message);
  });

  it("refuses another trace", async () => {
    const other = { ...(await openPlanetLab(folder)), source: "google2011" } as Workload;
    expect(() => simulateDay(other, { policy: "dvfs", mode: "clean" })).toThrow(
      "invalid trace for cloudsim-planetlab: google2011; give planetlab:DIR",
    );
  });
});

const DATA = join(import.meta.dirname, "../../../../shared/data/planetlab");

// This test needs the PlanetLab day beside the project: see data/README.
describe.skipIf(!existsSync(DATA))("PlanetLab, 2011-03-03, against CloudSim 3.0.3's results", () => {
  let day: Workload;
  let measured: Record<string, string>[];
  beforeAll(async () => {
    execFileSync("tar", ["xzf", join(DATA, "planetlab-20110303.tar.gz"), "-C", scratch]);
    day = await openPlanetLab(join(scratch, "20110303"));
    measured = parse(await readFile(join(DATA, "cloudsim-3.0.3-results.csv")), { columns: true });
  });

  /** Formats the summary with the columns and digits of the measured results. */
  function row(summary: ScenarioSummary): Record<string, string> {
    return {
      energy_kwh: summary.energyKwh.toFixed(2),
      migrations: String(summary.migrations),
      sla_pct: summary.slavPercent.toFixed(5),
      pdm_pct: summary.pdmPercent.toFixed(2),
      slatah_pct: summary.slatahPercent.toFixed(2),
      overall_sla_pct: summary.overallSlaPercent.toFixed(2),
      avg_sla_pct: summary.averageSlaPercent.toFixed(2),
      shutdowns: String(summary.shutdowns),
      vms: String(summary.vms),
    };
  }

  it.each([
    ["dvfs", "dvfs"],
    ["npa", "npa"],
    ["thr-mmt", "thr_mmt_0.8"],
    ["iqr-mmt", "iqr_mmt_1.5"],
    ["mad-mmt", "mad_mmt_2.5"],
    ["lr-mmt", "lr_mmt_1.2"],
    ["thr-mu", "thr_mu_0.8"],
    ["lr-mu", "lr_mu_1.2"],
  ])("%s equals it in every digit", (policy, experiment) => {
    const expected = measured.find((line) => line.experiment === `20110303_${experiment}`);
    const { summary } = simulateDay(day, { policy, mode: "cloudsim-3.0.3" });
    expect({ experiment: `20110303_${experiment}`, ...row(summary) }).toEqual(expected);
  });

  it("equals it with the files in reverse order, too", async () => {
    const reverse = join(scratch, "reverse");
    await mkdir(reverse);
    const names = (await readdir(join(scratch, "20110303"))).sort().reverse();
    for (const [place, name] of names.entries())
      await copyFile(join(scratch, "20110303", name), join(reverse, String(place).padStart(5, "0")));
    const { summary } = await simulateCloudSimPlanetLab(reverse, {
      policy: "lr-mmt",
      mode: "cloudsim-3.0.3",
    });
    expect(row(summary)).toMatchObject({
      energy_kwh: "180.19",
      migrations: "30556",
      sla_pct: "0.00507",
      slatah_pct: "6.05",
    });
  });

  it("costs 927.99 kWh without migration where idle VMs stay", () => {
    const { summary } = simulateDay(day, { policy: "dvfs", mode: "clean" });
    expect(summary.energyKwh.toFixed(2)).toBe("927.99");
  });
});
