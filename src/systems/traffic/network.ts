/** The network: one big switch, and an uplink and a downlink for each server. */
import { InputError } from "../../base/errors.js";

/** Bytes a second of every server's links. */
export interface Network {
  readonly servers: number;
  readonly up: Float64Array;
  readonly down: Float64Array;
}

/**
 * Returns a switch that never is the bottleneck, with servers of equal links. Throws InputError for fewer
 * than two servers and for links that are not above 0.
 *
 * @param servers At least 2.
 * @param linkGbps Gbit/s in each direction; default 1, as in AuTO's testbed.
 */
export function bigSwitch(servers: number, linkGbps = 1): Network {
  if (!(Number.isInteger(servers) && servers >= 2))
    throw new InputError(`servers is ${servers}: give a whole number of 2 or more`);
  if (!(linkGbps > 0 && Number.isFinite(linkGbps)))
    throw new InputError(`linkGbps is ${linkGbps}: give a number above 0`);
  const bytes = (linkGbps * 1e9) / 8;
  return {
    servers,
    up: new Float64Array(servers).fill(bytes),
    down: new Float64Array(servers).fill(bytes),
  };
}
