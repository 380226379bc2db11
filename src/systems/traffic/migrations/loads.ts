/** LC flows beside migrations of a given load. */
import { from, type ColumnTable } from "arquero";
import { checkKeys, listOf, number, optional, SEEDS, whole, type Checks } from "../../../base/checks.js";
import { LOAD, SECONDS, SIZES } from "../check.js";
import { slowdowns } from "../control.js";
import { isBackground, withBackground } from "../flows.js";
import { bigSwitch } from "../network.js";
import { runFlows, type RunFlowsOptions } from "../run-flows.js";
import { sizesFrom, type SizeDistribution } from "../sizes/distribution.js";
import { generateFlows } from "../sizes/generate.js";
import { QUEUES, type Discipline } from "./impact.js";

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

const OPTIONS: Checks<MigrationLoadOptions> = {
  ...{ sizes: SIZES, load: LOAD, migrationLoads: listOf(number({ min: 0, max: 100 })), thresholds: QUEUES },
  ...{ seeds: SEEDS, migrationBytes: optional(number({ above: 0 })) },
  ...{ servers: optional(whole(2)), seconds: optional(SECONDS) },
};

/**
 * Returns a table with a row for each load of migrations, discipline and seed: the mean slowdown of LC flows.
 * Migrations arrive at random between random servers; LC flows are the same at every load.
 * Throws InputError for options out of range.
 */
export function migrationLoads(options: MigrationLoadOptions): ColumnTable {
  checkKeys("migrationLoads", options, OPTIONS);
  const { sizes, load, migrationLoads: loads, thresholds, seeds } = options;
  const { migrationBytes = 640e6, servers = 16, seconds = 30 } = options;
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
  return from(rows);
}
