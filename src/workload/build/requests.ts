import { median } from "../../metrics/statistics.js";
import { TIERS, tierOf, type Tier } from "../tier.js";
import { add, type Counts } from "./counts.js";

/** Medians of new executions in the first 5.6 hours of Google's trace, for a trace without any request. */
const LAST_RESORT = { cpu: 0.025, memory: 0.0207 };

export interface RequestRows {
  /** A number that executions of the same job share. */
  readonly job: BigInt64Array;
  readonly priority: Uint8Array;
  /** NaN if missing. */
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  /** The largest measured use, NaN if none was measured. Default: none was measured. */
  readonly peakCpu?: Float64Array;
  readonly peakMemory?: Float64Array;
}

/**
 * Returns the requests with missing ones imputed. A missing request becomes the median over the executions of
 * the same job with a request; else the largest use of the execution; else the median over the same tier;
 * else the median over all; else the median of Google's cell of 2011. Counts under "requests.".
 */
export function imputeRequests(
  rows: RequestRows,
  counts: Counts,
): { cpu: Float64Array; memory: Float64Array } {
  return {
    cpu: imputeColumn("Cpu", rows.cpu, rows.peakCpu, rows, LAST_RESORT.cpu, counts),
    memory: imputeColumn("Memory", rows.memory, rows.peakMemory, rows, LAST_RESORT.memory, counts),
  };
}

function imputeColumn(
  name: string,
  requests: Float64Array,
  peak: Float64Array | undefined,
  { job, priority }: RequestRows,
  lastResort: number,
  counts: Counts,
): Float64Array {
  const incomplete = new Set<bigint>();
  for (let row = 0; row < requests.length; row++) {
    if (Number.isNaN(requests[row])) incomplete.add(job[row]);
  }
  const byJob = new Map<bigint, number[]>();
  const byTier: Record<Tier, number[]> = { free: [], beb: [], prod: [] };
  for (let row = 0; row < requests.length && incomplete.size > 0; row++) {
    if (Number.isNaN(requests[row])) continue;
    byTier[tierOf(priority[row])].push(requests[row]);
    if (!incomplete.has(job[row])) continue;
    const known = byJob.get(job[row]);
    if (known === undefined) byJob.set(job[row], [requests[row]]);
    else known.push(requests[row]);
  }
  const jobMedian = new Map([...byJob].map(([key, known]) => [key, medianOf(known)] as const));
  const tierMedian = {
    free: medianOf(byTier.free),
    beb: medianOf(byTier.beb),
    prod: medianOf(byTier.prod),
  };
  const overall = medianOf(TIERS.flatMap((tier) => byTier[tier]));
  const zeros = requests.reduce((sum, request) => sum + (request === 0 ? 1 : 0), 0);
  add(counts, `requests.zero${name}`, zeros);
  for (const from of ["Job", "Use", "Tier", "Google2011"])
    add(counts, `requests.imputed${name}From${from}`, 0);
  return requests.map((request, row) => {
    if (!Number.isNaN(request)) return request;
    const candidates = [
      ["Job", jobMedian.get(job[row])],
      ["Use", peak?.[row]],
      ["Tier", tierMedian[tierOf(priority[row])] ?? overall],
      ["Google2011", lastResort],
    ] as const;
    const [from, value] = candidates.find(([, known]) => known !== undefined && !Number.isNaN(known))!;
    add(counts, `requests.imputed${name}From${from}`);
    return value!;
  });
}

/** Returns undefined if there is no value. */
function medianOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : median(Float64Array.from(values));
}
