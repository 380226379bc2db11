import { readFile } from "node:fs/promises";
import { tableCsv } from "../../base/csv.js";
import { InputError } from "../../base/errors.js";
import { explainFileError } from "../../base/files.js";
import { didYouMean } from "../../base/nearest.js";
import type { Setting } from "../../study/deal-settings.js";
import {
  CLOUD_RAN_MODEL,
  drawSubframes,
  exponentialShares,
  findSubframePolicy,
  readLoads,
  runSubframes,
  subframesFromLoads,
  subframesTable,
  type BuiltInSubframePolicy,
  type Subframes,
} from "../../systems/cloud-ran/index.js";
import { definitionPage } from "./definition-page.js";
import { widthOf, type Streams } from "./streams.js";
import { textTable } from "./text-table.js";

/** The options of `schedlab cloud-ran`. */
export interface CloudRanOptions {
  readonly policy: string;
  readonly cells: number;
  readonly antennas: number;
  readonly cores?: readonly number[];
  readonly rtt: readonly number[];
  readonly slots?: number;
  readonly mean: number;
  readonly set: readonly Setting[];
  readonly seed: number;
  readonly rules?: boolean;
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** The columns of the table on a terminal. */
const SHOWN = {
  policy: "policy",
  cores: "cores",
  "RTT/2 us": "halfRtt",
  missed: "missRate",
  "given up": "givenUp",
  late: "late",
  "cores' use": "utilization",
  "P99 us": "responseP99",
  moved: "moved",
} as const;

/**
 * Runs the same subframes under each rule, number of cores and round trip, and prints a row for each. Throws
 * InputError for an unknown rule or parameter, and for a file that holds no loads.
 */
export async function printCloudRan(
  file: string | undefined,
  options: CloudRanOptions,
  { stdout }: Streams,
): Promise<void> {
  const policies = [...new Set(options.policy.split(","))].map(findSubframePolicy);
  if (options.rules === true) {
    stdout.write(rulesPage(policies, widthOf(stdout)));
    return;
  }
  const subframes = await subframesOf(file, options);
  const { model, parametersOf } = deal(options.set, policies);
  const { antennas, cells, cores = [2 * cells], rtt } = options;
  const runs = policies.flatMap((policy) =>
    cores.flatMap((count) =>
      rtt.map((time) =>
        runSubframes(subframes, policy, {
          ...{ cores: count, antennas, parameters: parametersOf(policy) },
          model: { ...model, halfRtt: time / 2 },
        }),
      ),
    ),
  );
  const table = subframesTable(runs);
  if (options.json === true) stdout.write(`${JSON.stringify(table.objects(), null, 2)}\n`);
  else if (options.csv === true) stdout.write(tableCsv(table));
  else {
    const rows = (table.objects() as Record<string, string | number>[]).map((row) =>
      Object.fromEntries(Object.entries(SHOWN).map(([head, name]) => [head, row[name]])),
    );
    const size = `${cells} cells of ${antennas} antennas, ${subframes.slots} subframes each`;
    stdout.write(
      `${textTable(rows, { width: widthOf(stdout), keys: 3 })}\n${size}; shares of all subframes, modelled\n`,
    );
  }
}

async function subframesOf(
  file: string | undefined,
  { cells, slots, seed, mean }: CloudRanOptions,
): Promise<Subframes> {
  if (file === undefined)
    return drawSubframes(exponentialShares(mean), { cells, slots: slots ?? 10_000, seed });
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw explainFileError(error, file, "read");
  });
  try {
    return subframesFromLoads(readLoads(text), { cells, slots, seed });
  } catch (error) {
    if (error instanceof InputError) throw new InputError(`${file}: ${error.message}`);
    throw error;
  }
}

function deal(
  settings: readonly Setting[],
  policies: readonly BuiltInSubframePolicy[],
): {
  readonly model: Record<string, number>;
  readonly parametersOf: (policy: BuiltInSubframePolicy) => Record<string, number>;
} {
  // The round trip has an option of its own.
  const ofModel = Object.keys(CLOUD_RAN_MODEL).filter((key) => key !== "halfRtt");
  const known = [...ofModel, ...policies.flatMap(({ parameters }) => Object.keys(parameters))];
  for (const { key } of settings)
    if (!known.includes(key))
      throw new InputError(`unknown --set key: ${key}${didYouMean(key, known)}; known: ${known.join(", ")}`);
  const among = (keys: readonly string[]): Record<string, number> =>
    Object.fromEntries(
      settings.filter(({ key }) => keys.includes(key)).map(({ key, value }) => [key, value]),
    );
  return { model: among(ofModel), parametersOf: ({ parameters }) => among(Object.keys(parameters)) };
}

function rulesPage(policies: readonly BuiltInSubframePolicy[], width: number): string {
  const model = definitionPage(
    { head: ["The model of times"], deviations: [], parameters: CLOUD_RAN_MODEL },
    width,
  );
  const pages = policies.map(({ name, rule, source, fidelity, deviations, parameters }) =>
    definitionPage(
      { head: [`${name} (${fidelity})`, rule, `Source: ${source}`], deviations, parameters },
      width,
    ),
  );
  return [...pages, model].join("\n");
}
