/** LC flows beside migrations of a given load. */
import { table, type ColumnTable } from "arquero";
import { slowdowns } from "../control.js";
import { isBackground, withBackground } from "../flows.js";
import { bigSwitch } from "../network.js";
import { runFlows, type RunFlowsOptions } from "../run-flows.js";
import { sizesFrom, type SizeDistribution } from "../sizes/distribution.js";
import { generateFlows } from "../sizes/generate.js";
import type { Discipline } from "./impact.js";

export interface MigrationLoadOptions {
  /** Sizes of LC flows, and the share of every uplink that they need. */
  readonly sizes: SizeDistribution;
  readonly load: number;
  /** Shares of every uplink that migrations need; 0 for none. */
  readonly migrationLoads: readonly number[];
  /** Thresholds of "by-bytes-sent", in bytes. */
  readonly thresholds: ArrayLike<number>;
  readonly seeds: readonly number[];
  /** Bytes of a migration. Default 640 MB. */
  readonly migrationBytes?: number;
  /** Default 16. */
  readonly servers?: number;
  /** Seconds in which flows arrive. Default 30. */
  readonly seconds?: number;
}

/**
 * Returns a table with a row for each load of migrations, discipline and seed: the mean slowdown of LC flows.
 * Migrations arrive at random between random servers; LC flows are the same at every load.
 */
export function migrationLoads({
  sizes,
  load,
  migrationLoads: loads,
  thresholds,
  seeds,
  migrationBytes = 640e6,
  servers = 16,
  seconds = 30,
}: MigrationLoadOptions): ColumnTable {
  const network = bigSwitch(servers);
  const moved = sizesFrom([
    [migrationBytes * 0.999, 0],
    [migrationBytes * 1.001, 1],
  ]);
  const disciplines: Record<Discipline, RunFlowsOptions> = {
    fair: {},
    "tagged-lowest": { background: "lowest" },
    "by-bytes-sent": { thresholds },
  };
  const rows = seeds.flatMap((seed) => {
    const lc = generateFlows(sizes, network, { load, seconds, seed });
    return loads.flatMap((migrationLoad) => {
      const moves =
        migrationLoad > 0 &&
        generateFlows(moved, network, { load: migrationLoad, seconds, seed: seed + 1_000_000 });
      const flows = moves === false ? lc : withBackground(lc, moves);
      return Object.entries(disciplines).map(([discipline, how]) => {
        const slowdown = slowdowns(runFlows(flows, network, how));
        const own = slowdown.filter((_, f) => !isBackground(flows, f));
        const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
        return { discipline, migrationLoad, seed, slowdown: mean };
      });
    });
  });
  const names = Object.keys(rows[0]) as (keyof (typeof rows)[number])[];
  return table(Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])));
}
