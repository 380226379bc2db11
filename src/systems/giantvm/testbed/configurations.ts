/** A named configuration of the testbed: what decides where BE work runs. */
import { InputError } from "../../../base/errors.js";
import type { DeciderName } from "../decide/index.js";

export interface Configuration {
  readonly label: { readonly en: string; readonly zh: string };
  /** Whether BE work runs in the GiantVM. */
  readonly be: boolean;
  /** Whether the guest's automatic NUMA balancing is on. */
  readonly numaBalancing: boolean;
  /** The decider that moves BE work, with the same code as on a real machine. Default: nothing moves it. */
  readonly decider?: DeciderName;
  /** Parameters of the decider that differ from its defaults. */
  readonly options?: Readonly<Record<string, number>>;
  /** Whether a probe runs on nodes without BE work, so that their steal can be read. */
  readonly probe: boolean;
}

const STILL = { be: true, numaBalancing: false, probe: false };

export const CONFIGURATIONS = {
  "without-be": { ...STILL, be: false, label: { en: "Without BE", zh: "无尽力而为任务" } },
  naive: { ...STILL, label: { en: "Naive", zh: "朴素混部" } },
  "numa-balancing": { ...STILL, numaBalancing: true, label: { en: "NUMA balancing", zh: "NUMA 均衡" } },
  las: { ...STILL, decider: "las", options: { ties: 1 }, label: { en: "LaS", zh: "LaS 原版" } },
  "las-robust": {
    ...STILL,
    decider: "las-robust",
    probe: true,
    label: { en: "LaS, robust", zh: "LaS 稳健版" },
  },
} as const satisfies Readonly<Record<string, Configuration>>;

export type ConfigurationName = keyof typeof CONFIGURATIONS;

/** Throws InputError for an unknown name. */
export function findConfiguration(name: string): Configuration {
  if (Object.hasOwn(CONFIGURATIONS, name)) return CONFIGURATIONS[name as ConfigurationName];
  throw new InputError(`unknown configuration: ${name}; known: ${Object.keys(CONFIGURATIONS).join(", ")}`);
}
