/** The network: one big switch, and an uplink and a downlink for each server. */
import { checkValue, number, whole } from "../../base/checks.js";

/** Bytes a second of every server's links. */
export interface Network {
  readonly servers: number;
  readonly up: Float64Array;
  readonly down: Float64Array;
}

/**
 * Returns a switch that never is the bottleneck, with servers of equal links. Throws InputError for a value
 * out of range.
 *
 * @param servers 2 to 1,000,000.
 * @param linkGbps Gbit/s in each direction, above 0; default 1, as in AuTO's testbed.
 */
export function bigSwitch(servers: number, linkGbps = 1): Network {
  checkValue("servers of bigSwitch", servers, whole(2, 1e6));
  checkValue("linkGbps of bigSwitch", linkGbps, number({ above: 0, max: 1e6 }));
  const bytes = (linkGbps * 1e9) / 8;
  return {
    servers,
    up: new Float64Array(servers).fill(bytes),
    down: new Float64Array(servers).fill(bytes),
  };
}
