/** Generated flows: Poisson arrivals for a load, sizes of a distribution, random pairs of servers. */
import { InputError } from "../../../base/errors.js";
import { drawUniform, randomState } from "../../../base/random.js";
import { checkKeys, checkValue, oneOf, optional, SEED, whole, type Checks } from "../../../base/checks.js";
import { LOAD, NETWORK, SECONDS, SIZES } from "../check.js";
import type { Flows } from "../flows.js";
import type { Network } from "../network.js";
import { meanBytes, sizeAt, type SizeDistribution } from "./distribution.js";

export interface GenerateOptions {
  /** Share of every uplink that the flows need, over a long time; above 0. Default .5. */
  readonly load?: number;
  /** Number of flows, 1 to 50 million; give this or `seconds`. */
  readonly flows?: number;
  /** Flows arrive before this time, which is above 0. */
  readonly seconds?: number;
  /**
   * "all": from any server to any other one, at random; "one": all from server 0 to server 1, so that one
   * link has all the load. Default "all".
   */
  readonly pairs?: "all" | "one";
  /** Any whole number. Default 1. */
  readonly seed?: number;
}

/** Most flows of a call, which take a gigabyte. */
const MOST = 5e7;

const OPTIONS: Checks<GenerateOptions> = {
  load: optional(LOAD),
  flows: optional(whole(1, MOST)),
  seconds: optional(SECONDS),
  pairs: optional(oneOf(["all", "one"])),
  seed: optional(SEED),
};

/**
 * Returns flows with exponential times between arrivals. Uplinks must be equal. Gaps, sizes and pairs have
 * streams of their own: with another load and the same seed, only the times of arrival change. Equal
 * arguments give equal bytes. Throws InputError for options out of range, and for both or neither of `flows`
 * and `seconds`.
 */
export function generateFlows(
  sizes: SizeDistribution,
  network: Network,
  options: GenerateOptions = {},
): Flows {
  checkKeys("generateFlows", options, OPTIONS);
  checkValue("sizes of generateFlows", sizes, SIZES);
  checkValue("network of generateFlows", network, NETWORK);
  const { load = 0.5, flows, seconds, pairs = "all", seed = 1 } = options;
  if ((flows === undefined) === (seconds === undefined))
    throw new InputError("give either flows or seconds to generateFlows");
  const { servers, up } = network;
  const gap = meanBytes(sizes) / (load * up[0] * (pairs === "one" ? 1 : servers));
  if (seconds !== undefined && seconds / gap > MOST)
    throw new InputError(
      `generateFlows: ${seconds} s have some ${Math.round(seconds / gap)} flows; ${MOST} is the most`,
    );
  const arrival = arrivals(gap, seed, { flows, seconds });
  const sizeDraws = randomState(seed, "workload", "flows", "sizes");
  const pairDraws = randomState(seed, "workload", "flows", "pairs");
  const source = new Int32Array(arrival.length);
  const target = new Int32Array(arrival.length);
  const bytes = new Float64Array(arrival.length);
  for (let f = 0; f < arrival.length; f++) {
    // A share of exactly 0 would be a flow of no bytes.
    bytes[f] = sizeAt(sizes, Math.max(drawUniform(sizeDraws), 2 ** -53));
    target[f] = 1;
    if (pairs === "one") continue;
    source[f] = Math.floor(drawUniform(pairDraws) * servers);
    const other = Math.floor(drawUniform(pairDraws) * (servers - 1));
    target[f] = other < source[f] ? other : other + 1;
  }
  return { arrival, source, target, bytes };
}

function arrivals(
  gap: number,
  seed: number,
  { flows = Infinity, seconds = Infinity }: { readonly flows?: number; readonly seconds?: number },
): Float64Array {
  const draws = randomState(seed, "workload", "flows", "gaps");
  const times: number[] = [];
  for (let time = 0; times.length < flows;) {
    time -= gap * Math.log1p(-drawUniform(draws));
    if (time >= seconds) break;
    times.push(time);
  }
  return Float64Array.from(times);
}
