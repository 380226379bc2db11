/** Where opened workloads are kept for the next opening, and how much of the disk they may take. */
import { join } from "node:path";
import { parseDecimal } from "../../base/decimal.js";
import { InputError } from "../../base/errors.js";
import { userCache } from "../../base/user-cache.js";

export interface CacheSettings {
  readonly folder: string;
  /** The most bytes of all kept workloads together. */
  readonly bytes: number;
  /** Workloads that open in fewer seconds are not kept. */
  readonly leastSeconds: number;
}

/** The default of SCHEDLAB_CACHE_GB. */
export const CACHE_GB = 4;

const LEAST_SECONDS = 0.5;

/**
 * Returns the settings that the environment asks for: SCHEDLAB_CACHE is a folder or `off` (default: the
 * user's folder for caches), SCHEDLAB_CACHE_GB the limit in GB. Undefined where it is off.
 * @throws InputError where SCHEDLAB_CACHE_GB is not a number.
 */
export function cacheSettings(environment: NodeJS.ProcessEnv = process.env): CacheSettings | undefined {
  const { SCHEDLAB_CACHE: chosen = "", SCHEDLAB_CACHE_GB: limit = String(CACHE_GB) } = environment;
  if (chosen === "off") return undefined;
  const gigabytes = parseDecimal(limit);
  if (gigabytes === undefined || gigabytes < 0)
    throw new InputError(`SCHEDLAB_CACHE_GB is ${limit}: give a number of GB, such as ${CACHE_GB}`);
  const folder = chosen === "" ? join(userCache(), "workloads") : chosen;
  return { folder, bytes: gigabytes * 1e9, leastSeconds: LEAST_SECONDS };
}
