/** The registry: every built-in architecture by name. */
import { findDefinition } from "../base/definition.js";
import type { Parameters } from "../base/parameters.js";
import type { BuiltInArchitecture } from "./architecture.js";
import { batchSampling } from "./named/batch-sampling.js";
import { eagle, idealEagle } from "./named/eagle.js";
import { hawk } from "./named/hawk.js";
import { centralLeastWork } from "./named/central-least-work.js";
import { mesosDrf } from "./named/mesos-drf.js";
import { mesosOffers } from "./named/mesos-offers.js";
import { monolithicMulti, monolithicSingle } from "./named/monolithic.js";
import { omega } from "./named/omega.js";
import { omniscient } from "./named/omniscient.js";
import { perTaskSampling } from "./named/per-task-sampling.js";
import { pigeon } from "./named/pigeon.js";
import { randomSampling } from "./named/random-sampling.js";
import { sparrow } from "./named/sparrow.js";
import { staticPartition } from "./named/static-partition.js";

const BUILT_IN = [
  monolithicSingle,
  monolithicMulti,
  staticPartition,
  omega,
  mesosOffers,
  mesosDrf,
  randomSampling,
  perTaskSampling,
  batchSampling,
  sparrow,
  omniscient,
  hawk,
  eagle,
  idealEagle,
  pigeon,
  centralLeastWork,
] as const satisfies readonly BuiltInArchitecture[];

/** The name of a built-in architecture. */
export type ArchitectureName = (typeof BUILT_IN)[number]["name"];

/** All built-in architectures. */
export const ARCHITECTURES: readonly BuiltInArchitecture<Parameters, ArchitectureName>[] = BUILT_IN;

/** Returns the built-in architecture of that name. Throws InputError for an unknown name. */
export function findArchitecture(name: string): BuiltInArchitecture {
  return findDefinition("architecture", ARCHITECTURES, name);
}
