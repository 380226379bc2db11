/** Which flows meet a migration: both are on the same uplink or downlink at the same time. */
import { isBackground } from "../flows.js";
import type { FlowRun } from "../run-flows.js";

/** Returns 1 for each flow that is on a link together with a background flow for a time, else 0. */
export function meetings({ flows, network, completionTime }: FlowRun): Uint8Array {
  const { arrival, source, target } = flows;
  const links = Array.from({ length: 2 * network.servers }, (): number[] => []);
  for (let f = 0; f < arrival.length; f++) {
    if (!isBackground(flows, f)) continue;
    links[source[f]].push(f);
    links[network.servers + target[f]].push(f);
  }
  const endOf = (f: number): number =>
    Number.isNaN(completionTime[f]) ? Infinity : arrival[f] + completionTime[f];
  const meets = (f: number, link: number): boolean =>
    links[link].some((m) => arrival[m] < endOf(f) && arrival[f] < endOf(m));
  return Uint8Array.from(arrival, (_, f) =>
    !isBackground(flows, f) && (meets(f, source[f]) || meets(f, network.servers + target[f])) ? 1 : 0,
  );
}
