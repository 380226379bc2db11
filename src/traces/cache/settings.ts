/** Where opened workloads are kept for the next opening, and how much of the disk they may take. */
import { isAbsolute, join, resolve } from "node:path";
import { parseDecimal } from "../../base/decimal.js";
import { InputError } from "../../base/errors.js";
import { userCache } from "../../base/user-cache.js";

export interface CacheSettings {
  readonly folder: string;
  /** The most bytes of all kept workloads together. A trace of more bytes is always read. */
  readonly bytes: number;
  /** Workloads that open in fewer seconds are not kept. */
  readonly leastSeconds: number;
}

/** The default of SCHEDLAB_CACHE_GB. */
const CACHE_GB = 4;

const LEAST_SECONDS = 0.5;

/**
 * Returns the settings that the environment asks for: SCHEDLAB_CACHE is a folder or `off` (default: the
 * user's folder for caches), SCHEDLAB_CACHE_GB the limit in GB. Undefined where the cache is off, where the
 * limit is 0, and for a user without a home folder.
 * @throws InputError where SCHEDLAB_CACHE_GB is not a number.
 */
export async function cacheSettings(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<CacheSettings | undefined> {
  const { SCHEDLAB_CACHE: chosen = "", SCHEDLAB_CACHE_GB: limit = "" } = environment;
  if (/^(?:off|no|false|0)$/i.test(chosen)) return undefined;
  const gigabytes = limit === "" ? CACHE_GB : parseDecimal(limit);
  if (gigabytes === undefined || gigabytes < 0)
    throw new InputError(`SCHEDLAB_CACHE_GB is ${limit}: give a number of GB, such as ${CACHE_GB}`);
  const folder = chosen === "" ? await usersFolder() : resolve(chosen);
  if (folder === undefined || gigabytes === 0) return undefined;
  return { folder, bytes: gigabytes * 1e9, leastSeconds: LEAST_SECONDS };
}

async function usersFolder(): Promise<string | undefined> {
  const folder = await userCache().catch(() => "");
  return isAbsolute(folder) ? join(folder, "workloads") : undefined;
}
