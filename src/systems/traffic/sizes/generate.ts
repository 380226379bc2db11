/** Generated flows: Poisson arrivals for a load, sizes of a distribution, random pairs of servers. */
import { InputError } from "../../../base/errors.js";
import { keysOf, refuseUnknownKeys } from "../../../base/known-keys.js";
import { drawUniform, randomState } from "../../../base/random.js";
import type { Flows } from "../flows.js";
import type { Network } from "../network.js";
import { meanBytes, sizeAt, type SizeDistribution } from "./distribution.js";

export interface GenerateOptions {
  /** Share of every uplink that the flows need, over a long time. Default .5. */
  readonly load?: number;
  /** Number of flows; give this or `seconds`. */
  readonly flows?: number;
  /** Flows arrive before this time. */
  readonly seconds?: number;
  /**
   * "all": from any server to any other one, at random; "one": all from server 0 to server 1, so that one
   * link has all the load. Default "all".
   */
  readonly pairs?: "all" | "one";
  /** Default 1. */
  readonly seed?: number;
}

const OPTIONS = keysOf<GenerateOptions>({ load: true, flows: true, seconds: true, pairs: true, seed: true });

/**
 * Returns flows with exponential times between arrivals. Uplinks must be equal. Gaps, sizes and pairs have
 * streams of their own: with another load and the same seed, only the times of arrival change. Equal
 * arguments give equal bytes. Throws InputError for a load that is not above 0.
 */
export function generateFlows(
  sizes: SizeDistribution,
  network: Network,
  options: GenerateOptions = {},
): Flows {
  refuseUnknownKeys(options, OPTIONS, "option of generateFlows");
  const { load = 0.5, flows, seconds, pairs = "all", seed = 1 } = options;
  if (!(load > 0 && Number.isFinite(load))) throw new InputError(`load is ${load}: give a number above 0`);
  if ((flows === undefined) === (seconds === undefined))
    throw new InputError("give either flows or seconds to generateFlows");
  const { servers, up } = network;
  const gap = meanBytes(sizes) / (load * up[0] * (pairs === "one" ? 1 : servers));
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
