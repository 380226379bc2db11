import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { InputError } from "../../base/errors.js";
import { writeJson } from "../../base/files.js";
import { SCENARIO } from "../../systems/cloudsim-planetlab/names.js";
import { findMetric, RUN_METRICS } from "../../simulate/metrics/catalogue.js";
import { parseTrace } from "../../traces/trace-spec.js";
import { basisOf, describeOrder } from "./basis.js";
import { checkOutFolder, markOutFolder } from "../../base/out-folder.js";
import { runOnce } from "./run-once.js";
import type { SimulationCommandOptions } from "./simulation-options.js";
import { widthOf, type Streams } from "./streams.js";
import { namedTrace } from "./trace-options.js";
import { textTable } from "./text-table.js";
import { wrap } from "./wrap.js";

/** The options of `schedlab simulate`. */
export interface SimulateOptions extends SimulationCommandOptions {
  readonly policy: string;
  readonly scenario?: string;
  readonly mode: string;
}

/** Simulates one policy on one trace, in our model or in a separate scenario, and prints the result. */
export async function simulate(
  argument: string | undefined,
  options: SimulateOptions,
  { stdout, stderr }: Streams,
): Promise<void> {
  if (options.out !== undefined) await checkOutFolder(options.out, "simulate");
  if (options.scenario !== undefined) {
    await runScenario(argument, options, stdout);
    return;
  }
  const given = { ...options, policies: options.policy };
  const { runs, workload, seconds } = await runOnce("simulate", argument, given, stderr);
  const [{ result, manifest, timing }] = runs;
  if (options.json === true) {
    const peakRssMb = process.resourceUsage().maxRSS / 1024;
    const summary = { policy: manifest.policy.name, ...result.figures };
    const all = { summary, manifest, timing: { loadSeconds: seconds, ...timing, peakRssMb } };
    stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    return;
  }
  const width = widthOf(stdout);
  stdout.write(
    textTable(
      RUN_METRICS.map((figure) => ({
        figure,
        value: result.figures[figure],
        meaning: findMetric(figure).description,
      })),
      { width },
    ),
  );
  stdout.write(`\n${wrap(`${manifest.policy.name} on ${basisOf(workload).trimEnd()}`, width)}`);
  const order = describeOrder(runs);
  if (order !== "") stdout.write(wrap(order.trimEnd(), width));
}

/**
 * Runs a scenario, which has its own hosts, policies and metrics. Of our options it uses only the trace, the
 * policy, the mode, the machines and the output options.
 */
async function runScenario(
  argument: string | undefined,
  options: SimulateOptions,
  stdout: Streams["stdout"],
): Promise<void> {
  const trace = parseTrace(namedTrace(argument, options));
  if (trace.format !== "planetlab") {
    throw new InputError(
      `invalid trace of ${SCENARIO}: ${trace.format}; give planetlab:DIR, a folder of VM files`,
    );
  }
  if (options.set.length > 0)
    throw new InputError(`invalid --set with --scenario: ${SCENARIO} has no parameters to set`);
  if (options.machines === "all") throw new InputError("invalid --machines: all; give the number of hosts");
  const began = performance.now();
  const { simulateCloudSimPlanetLab } = await import("../../systems/cloudsim-planetlab/simulate.js");
  const { policy, mode, machines } = options;
  const result = await simulateCloudSimPlanetLab(trace.folder, { policy, mode, hosts: machines });
  if (options.out !== undefined) {
    await markOutFolder(options.out, "simulate");
    await writeJson(join(options.out, "result.json"), result);
  }
  const timing = {
    totalSeconds: (performance.now() - began) / 1000,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  };
  if (options.json === true) stdout.write(`${JSON.stringify({ ...result, timing }, null, 2)}\n`);
  else
    stdout.write(
      textTable(
        Object.entries<string | number>({ ...result.summary }).map(([figure, value]) => ({ figure, value })),
      ),
    );
}
