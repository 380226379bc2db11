import { InputError } from "../../../base/errors.js";
import { defineFlowRule } from "./rule.js";

/** Packets of 1,460 bytes, by workload and load in tenths. */
const PACKETS: Readonly<Record<string, Readonly<Record<number, readonly number[]>>>> = {
  "web-search": {
    5: [1059, 1412, 1643, 1869, 2008, 2115, 2184],
    6: [956, 1381, 1718, 2028, 2297, 2551, 2660],
    7: [999, 1305, 1564, 1763, 1956, 2149, 2309],
    8: [909, 1329, 1648, 1960, 2143, 2337, 2484],
    9: [759, 1132, 1456, 1737, 2010, 2199, 2325],
  },
  "data-mining": {
    5: [805, 1106, 1401, 10693, 11970, 21162, 22272],
    6: [840, 1232, 1617, 11950, 12238, 21494, 25720],
    7: [907, 1301, 1619, 12166, 12915, 21313, 26374],
    8: [745, 1083, 1391, 13689, 14936, 21149, 27245],
    9: [750, 1083, 1416, 13705, 14952, 21125, 28253],
  },
};

const PACKET_BYTES = 1460;

export const pias = defineFlowRule({
  name: "pias",
  rule: "Eight queues with the thresholds that PIAS publishes for the workload and the nearest load.",
  source:
    "Bai et al., Information-Agnostic Flow Scheduling for Commodity Data Centers (PIAS), NSDI 2015; its " +
    "published ns-2 scripts",
  fidelity: "adapted",
  deviations: [
    "fair sharing inside each queue, where the switches of PIAS are first in first out under DCTCP",
    "published for web search and data mining at loads .5 to .9 only; another workload is refused",
  ],
  parameters: {},
  create(_, { sizes, load }) {
    const tables = Object.hasOwn(PACKETS, sizes.name) ? PACKETS[sizes.name] : undefined;
    if (tables === undefined)
      throw new InputError(
        `PIAS has no thresholds for flow sizes ${sizes.name}; it has: ${Object.keys(PACKETS).join(", ")}`,
      );
    const nearest = Math.min(9, Math.max(5, Math.round(10 * load)));
    return { order: "tags", thresholds: tables[nearest].map((packets) => packets * PACKET_BYTES) };
  },
});
