/** CloudSim's PlanetLab scenario: a day of virtual machines (VMs) on 800 hosts that can be switched off. */
import { InputError } from "../../base/errors.js";
import type { OnProgress } from "../../base/progress.js";
import type { InputFile } from "../../workload/inputs.js";
import { openPlanetLab } from "../../traces/planetlab.js";
import type { Workload } from "../../workload/workload.js";
import { VERSION } from "../../base/version.js";
import { serviceLevel, type ServiceLevel } from "./accounts.js";
import { createDatacenter } from "./datacenter.js";
import type { DemandTrace } from "./demand.js";
import { runDay } from "./engine.js";
import { DEFAULT_HOSTS, HOST_TYPES, INTERVAL_SECONDS, START_SECONDS } from "./hardware.js";
import { rulesOf, scenarioMode, type Mode, type Rules } from "./modes.js";
import { SCENARIO } from "./names.js";
import { partsOf, scenarioPolicy, type ScenarioPolicy } from "./policies.js";

export interface ScenarioOptions {
  /** One of `SCENARIO_POLICIES`, or "no-migration", which means "dvfs". */
  readonly policy: string;
  /** One of `MODES`. */
  readonly mode: string;
  /** Number of hosts, alternately G4 and G5. Default 800. */
  readonly hosts?: number;
  /** Rules that differ from the mode's, to study their effects separately. */
  readonly rules?: Partial<Rules>;
}

export interface ScenarioSummary extends ServiceLevel {
  readonly policy: ScenarioPolicy;
  readonly mode: Mode;
  readonly energyKwh: number;
  readonly migrations: number;
  /**
   * The number of times that a host went from some used CPU to none. A host that is never used counts once.
   */
  readonly shutdowns: number;
  readonly vms: number;
  readonly hosts: number;
  /** VMs that fitted on no host at the start and did not run. */
  readonly unplacedVms: number;
}

export interface ScenarioManifest {
  readonly schedlab: string;
  readonly scenario: typeof SCENARIO;
  readonly mode: Mode;
  readonly rules: Rules;
  readonly policy: { readonly name: string; readonly parameters: Readonly<Record<string, number>> };
  readonly workload: {
    readonly source: string;
    readonly vms: number;
    readonly samples: number;
    readonly inputs: readonly InputFile[];
  };
  readonly hosts: number;
  readonly intervalSeconds: number;
  readonly firstSampleSeconds: number;
}

export interface ScenarioResult {
  readonly summary: ScenarioSummary;
  readonly manifest: ScenarioManifest;
}

/**
 * Runs the scenario on a folder of PlanetLab VM files, as `openPlanetLab` reads them: sorted by name, a
 * quarter of them for each VM type. Energy is in kWh, the service level in percent.
 *
 * The mode "cloudsim-3.0.3" reproduces that program; "clean" omits the peculiarities in `Rules`. Both
 * evaluate the demand at 300.1 s, 600.1 s and so on, interpolated linearly between samples. In both, a host
 * that uses no CPU is switched off and uses no energy, so the first interval costs nothing.
 * @throws InputError for an unknown policy or mode, hosts that are not a whole number of 1 or more, and for
 * files that `openPlanetLab` refuses.
 */
export async function simulateCloudSimPlanetLab(
  folder: string,
  { onProgress, ...options }: ScenarioOptions & { readonly onProgress?: OnProgress },
): Promise<ScenarioResult> {
  checkOptions(options);
  return simulateDay(await openPlanetLab(folder, { onProgress }), options);
}

/**
 * Runs the scenario on a day that `openPlanetLab` read. The workload's machines are not used, because the
 * scenario has its own hosts.
 * @throws InputError in the same cases as `simulateCloudSimPlanetLab`, and for a workload from another
 * source.
 */
export function simulateDay(workload: Workload, options: ScenarioOptions): ScenarioResult {
  const { policy, mode, hosts, rules } = checkOptions(options);
  const parts = partsOf(policy);
  const trace = readPercents(workload);
  const datacenter = createDatacenter(hosts, ...vmSizes(workload), rules);
  const accounts = runDay(datacenter, trace, parts);
  const vms = datacenter.vms.count;
  return {
    summary: {
      policy,
      mode,
      energyKwh: accounts.joules / JOULES_PER_KWH,
      migrations: accounts.migrations,
      ...serviceLevel(accounts),
      shutdowns: accounts.shutdowns,
      vms,
      hosts,
      unplacedVms: accounts.unplaced,
    },
    manifest: {
      schedlab: VERSION,
      scenario: SCENARIO,
      mode,
      rules,
      policy: { name: policy, parameters: parts.parameters },
      workload: {
        source: workload.source,
        vms,
        samples: trace.samples,
        inputs: workload.provenance.inputs,
      },
      hosts,
      intervalSeconds: INTERVAL_SECONDS,
      firstSampleSeconds: START_SECONDS + INTERVAL_SECONDS,
    },
  };
}

const JOULES_PER_KWH = 3.6e6;

/** The workload's requests and usage are fractions of this machine. */
const REFERENCE = HOST_TYPES[1];

/** Returns the MIPS and the memory (MB) of each VM. */
function vmSizes({ executions }: Workload): [Float64Array, Float64Array] {
  const mips = REFERENCE.cores * REFERENCE.coreMips;
  return [
    executions.cpuRequest.map((fraction) => Math.round(fraction * mips)),
    executions.memoryRequest.map((fraction) => Math.round(fraction * REFERENCE.memory)),
  ];
}

/**
 * Recovers the percentages of the files, which the workload holds as 32-bit fractions of the reference
 * machine.
 */
function readPercents({ source, steps, executions, usage }: Workload): DemandTrace {
  const percent = new Uint8Array(executions.start.length * steps);
  if (source !== "planetlab" || usage.cpu.length !== percent.length)
    throw new InputError(`invalid trace for ${SCENARIO}: ${source}; give planetlab:DIR`);
  for (let cell = 0; cell < percent.length; cell++) {
    const request = executions.cpuRequest[Math.floor(cell / steps)];
    percent[cell] = Math.round((usage.cpu[cell] / request) * 100);
  }
  return { percent, samples: steps };
}

interface CheckedOptions {
  readonly policy: ScenarioPolicy;
  readonly mode: Mode;
  readonly hosts: number;
  readonly rules: Rules;
}

function checkOptions({ policy, mode, hosts = DEFAULT_HOSTS, rules }: ScenarioOptions): CheckedOptions {
  if (!Number.isInteger(hosts) || hosts < 1)
    throw new InputError(`invalid hosts: ${hosts}; give a whole number of 1 or more`);
  const checked = scenarioMode(mode);
  return { policy: scenarioPolicy(policy), mode: checked, hosts, rules: { ...rulesOf(checked), ...rules } };
}
