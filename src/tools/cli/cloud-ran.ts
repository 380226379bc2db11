import type { ColumnTable } from "arquero";
import { tableCsv } from "../../base/csv.js";
import { InputError } from "../../base/errors.js";
import { didYouMean } from "../../base/nearest.js";
import { refuseTwoSettings, type Setting } from "../../study/deal-settings.js";
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
import { readText } from "../../traces/text/read-bytes.js";
import { definitionPage } from "./definition-page.js";
import { widthOf, type Streams } from "./streams.js";
import { textTable } from "./text-table.js";

/** The options of `schedlab cloud-ran`. */
export interface CloudRanOptions {
  readonly policy: string;
  readonly cells?: number;
  readonly antennas: number;
  readonly cores?: readonly number[];
  readonly rtt: readonly number[];
  readonly slots?: number;
  readonly mean?: number;
  readonly iterations: readonly number[];
  readonly set: readonly Setting[];
  readonly seed: number;
  readonly rules?: boolean;
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** What is drawn without a file of loads. */
const [CELLS, SLOTS, MEAN] = [4, 10_000, 0.25];

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
  const names = options.policy.split(",").map((name) => name.trim());
  const policies = [...new Set(names)].map(findSubframePolicy);
  if (options.rules === true) {
    stdout.write(rulesPage(policies, widthOf(stdout)));
    return;
  }
  const subframes = await subframesOf(file, options);
  const { model, parametersOf } = deal(options.set, policies);
  const { cells, slots } = subframes;
  const { antennas, cores = [2 * cells], rtt } = options;
  // A run is given up for its row of the table before the next, because it has numbers for each subframe.
  const table = policies
    .flatMap((policy) =>
      cores.flatMap((count) =>
        rtt.map((time) =>
          subframesTable([
            runSubframes(subframes, policy, {
              ...{ cores: count, antennas, parameters: parametersOf(policy) },
              model: { ...model, halfRtt: time / 2 },
            }),
          ]),
        ),
      ),
    )
    .reduce((all, row): ColumnTable => all.concat(row));
  if (options.json === true) stdout.write(`${JSON.stringify(table.objects(), null, 2)}\n`);
  else if (options.csv === true) stdout.write(tableCsv(table));
  else {
    const rows = (table.objects() as Record<string, string | number>[]).map((row) =>
      Object.fromEntries(Object.entries(SHOWN).map(([head, name]) => [head, row[name]])),
    );
    stdout.write(textTable(rows, { width: widthOf(stdout), keys: 3 }));
    stdout.write(
      `\n${cells} cells of ${antennas} antennas, ${slots} subframes each, modelled. Missed is given up or ` +
        "late,\nas shares of all subframes; moved: subtasks of an FFT that other cores did, per subframe.\n",
    );
  }
}

async function subframesOf(
  file: string | undefined,
  { cells, slots, seed, mean, iterations }: CloudRanOptions,
): Promise<Subframes> {
  if (file === undefined)
    return drawSubframes(exponentialShares(mean ?? MEAN), {
      ...{ cells: cells ?? CELLS, slots: slots ?? SLOTS },
      ...{ seed, iterations },
    });
  if (mean !== undefined) throw new InputError(`invalid --mean with ${file}, which has loads: leave it out`);
  const text = await readText(file);
  try {
    return subframesFromLoads(readLoads(text), { cells, slots, seed, iterations });
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
  refuseTwoSettings(
    settings.map(({ key }) => key),
    [{ kind: "model", name: "cloud-ran", parameters: CLOUD_RAN_MODEL }, ...policies],
  );
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
