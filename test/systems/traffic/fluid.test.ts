/** Fluid flows: values by hand, by brute force, and the property that background flows leave no trace. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import { flowsFrom, type FlowRow, type Flows } from "../../../src/systems/traffic/flows.js";
import { bigSwitch, type Network } from "../../../src/systems/traffic/network.js";
import { runFlows, type RunFlowsOptions } from "../../../src/systems/traffic/run-flows.js";

/** Links of one byte a second. */
const unit = (servers: number): Network => bigSwitch(servers, 8e-9);
const times = (rows: FlowRow[], servers: number, options?: RunFlowsOptions): number[] =>
  Array.from(runFlows(flowsFrom(rows), unit(servers), options).completionTime);
const flow = (
  arrival: number,
  source: number,
  target: number,
  bytes: number,
  background = false,
): FlowRow => ({
  ...{ arrival, source, target, bytes, background },
});

describe("by hand", () => {
  it("shares a link between two flows", () => {
    // 0-2 s alone (2 bytes), then half: the second ends after 2 bytes at 6 s, the first has 2 of 6 left.
    expect(times([flow(0, 0, 1, 6), flow(2, 0, 1, 2)], 2)).toEqual([8, 4]);
  });

  it("is max-min fair where one flow is held back elsewhere", () => {
    // Downlink 2 has three flows of 1/3 each; the uplink of 0 gives the rest, 2/3, to its other flow.
    const rows = [flow(0, 0, 2, 1), flow(0, 1, 2, 1), flow(0, 3, 2, 1), flow(0, 0, 1, 2)];
    const found = times(rows, 4);
    found.forEach((time) => {
      expect(time).toBeCloseTo(3, 12);
    });
  });

  it("moves a flow to a lower queue by bytes sent", () => {
    // The first sends 2 bytes, then waits for the first 2 of the second (2-4 s), then both share: 3 and 1 left.
    expect(times([flow(0, 0, 1, 5), flow(2, 0, 1, 3)], 2, { thresholds: [2] })).toEqual([8, 4]);
  });

  it("changes thresholds at a given time, up and down", () => {
    const rows = [flow(0, 0, 1, 4), flow(2, 0, 1, 4)];
    // Without: the first is demoted at 2 s, the second goes first until it has 2, then 2 and 2 share: 8 and 8.
    expect(times(rows, 2, { thresholds: [2] })).toEqual([8, 6]);
    // From 3 s on, the first is back in the first queue: it has 2 and shares with the second, which has 1.
    const up = times(rows, 2, { thresholds: [2], changes: [{ time: 3, thresholds: [10] }] });
    expect(up).toEqual([7, 6]);
    // From 3 s on, the second is demoted as well, after 1 byte.
    const down = times(rows, 2, { thresholds: [2], changes: [{ time: 3, thresholds: [0.5] }] });
    expect(down).toEqual([7, 6]);
  });

  it("serves the fewest remaining bytes first", () => {
    // The second (1 byte) goes before the first, which has 2 left; the third (3) goes last.
    const rows = [flow(0, 0, 1, 4), flow(2, 0, 1, 1), flow(2, 0, 1, 3)];
    expect(times(rows, 2, { order: "remaining" })).toEqual([5, 1, 6]);
  });

  it("serves many flows of one moment by their sizes", () => {
    const sizes = Array.from({ length: 3000 }, (_, i) => ((i * 7919) % 3001) + 1);
    let sum = 0;
    const ends = new Map(
      sizes
        .slice()
        .sort((a, b) => a - b)
        .map((size) => [size, (sum += size)]),
    );
    const rows = sizes.map((size) => flow(0, 0, 1, size));
    expect(times(rows, 2, { order: "remaining" })).toEqual(sizes.map((size) => ends.get(size)));
  });

  it("leaves what is not done at the end undefined", () => {
    expect(times([flow(0, 0, 1, 4), flow(1, 2, 1, 1)], 3, { until: 3.5 })).toEqual([NaN, 2]);
  });

  it("serves a background flow that is tagged lowest last", () => {
    const rows = [flow(0, 0, 1, 4, true), flow(1, 0, 1, 2)];
    expect(times(rows, 2, { background: "lowest" })).toEqual([6, 2]);
    expect(times(rows, 2)).toEqual([6, 4]);
  });
});

/** Max-min rates by raising all rates together until a link is full, then all that are not on it. */
function waterFilling(pairs: (readonly [number, number])[], capacity: number[], servers: number): number[] {
  const rates = pairs.map(() => 0);
  const frozen = pairs.map(() => false);
  const linksOf = ([s, t]: readonly [number, number]): number[] => [s, servers + t];
  const left = [...capacity];
  while (frozen.includes(false)) {
    const open = left.map(
      (_, link) => pairs.filter((p, f) => !frozen[f] && linksOf(p).includes(link)).length,
    );
    const rise = Math.min(...left.map((rest, link) => (open[link] > 0 ? rest / open[link] : Infinity)));
    pairs.forEach((_, f) => (rates[f] += frozen[f] ? 0 : rise));
    left.forEach((_, link) => (left[link] -= rise * open[link]));
    pairs.forEach((p, f) => (frozen[f] ||= linksOf(p).some((link) => left[link] < 1e-9)));
  }
  return rates;
}

const SERVERS = 3;
const pair = fc
  .tuple(fc.integer({ min: 0, max: SERVERS - 1 }), fc.integer({ min: 1, max: SERVERS - 1 }))
  .map(([s, d]) => [s, (s + d) % SERVERS] as const);

it("has the rates of max-min fairness, queue by queue, by brute force", () => {
  const link = fc.integer({ min: 1, max: 9 });
  const links = fc.array(link, { minLength: SERVERS, maxLength: SERVERS });
  const both = fc.array(fc.tuple(pair, fc.boolean()), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(links, links, both, (up, down, given) => {
      const network = { servers: SERVERS, up: Float64Array.from(up), down: Float64Array.from(down) };
      const high = given.filter(([, low]) => !low).map(([p]) => p);
      const low = given.filter(([, isLow]) => isLow).map(([p]) => p);
      const first = waterFilling(high, [...up, ...down], SERVERS);
      const left = [...up, ...down];
      high.forEach(([s, t], f) => {
        left[s] -= first[f];
        left[SERVERS + t] -= first[f];
      });
      const rest = left.map((bytes) => (bytes < 1e-9 ? 0 : bytes));
      const second = low.length === 0 ? [] : waterFilling(low, rest, SERVERS);
      // One flow is long enough to be on its way when all others are measured by what they send in a moment.
      const rows = [
        ...high.map(([s, t], f) => flow(0, s, t, Math.max(first[f], 1e-9) * 1e-3)),
        ...low.map(([s, t], f) => flow(0, s, t, Math.max(second[f], 1e-9) * 1e-3, true)),
      ];
      const { completionTime } = runFlows(flowsFrom(rows), network, { background: "lowest" });
      // All flows that have a rate take the same time, so that no rate changes before they end.
      [...first, ...second].forEach((rate, f) => {
        if (rate > 1e-9) expect(completionTime[f]).toBeCloseTo(1e-3, 9);
        else expect(completionTime[f]).toBeGreaterThanOrEqual(1e-3 - 1e-9);
      });
    }),
  );
});

const rows = (background: boolean) =>
  fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 40 }), pair, fc.integer({ min: 1, max: 30 }))
      .map(([at, [s, t], bytes]) => flow(at / 7, s, t, bytes / 3, background)),
    { minLength: 1, maxLength: 25 },
  );
const completionOf = (flows: Flows, options: RunFlowsOptions): number[] => {
  const { completionTime } = runFlows(flows, unit(SERVERS), options);
  return Array.from(completionTime).filter((_, f) => flows.background![f] === 0);
};

it("gives flows the same completion times with and without background flows tagged lowest, to the last digit", () => {
  fc.assert(
    fc.property(rows(false), rows(true), fc.boolean(), (own, background, isChanged) => {
      const options = {
        thresholds: [1.3, 4],
        changes: isChanged ? [{ time: 2.1, thresholds: [0.7, 6] }] : [],
        background: "lowest",
      } as const;
      const alone = completionOf(flowsFrom(own), options);
      expect(completionOf(flowsFrom([...own, ...background]), options)).toEqual(alone);
    }),
  );
});

it("sends all bytes: no link is idle while one of its flows could send", () => {
  fc.assert(
    fc.property(rows(false), fc.constantFrom([], [1.3], [0.4, 2, 5]), (own, thresholds) => {
      // On one link, every work-conserving order is busy at the same times.
      const one = own.map((row) => ({ ...row, source: 0, target: 1 })).sort((a, b) => a.arrival - b.arrival);
      let busy = 0;
      for (const { arrival, bytes } of one) busy = Math.max(busy, arrival) + bytes;
      const { completionTime, flows } = runFlows(flowsFrom(one), unit(2), { thresholds });
      const last = Math.max(...completionTime.map((time, f) => time + flows.arrival[f]));
      expect(last).toBeCloseTo(busy, 9);
    }),
  );
});

describe("refuses", () => {
  it.each([
    [() => runFlows(flowsFrom([flow(0, 0, 0, 1)]), unit(2)), /itself/],
    [() => runFlows(flowsFrom([flow(0, 0, 2, 1)]), unit(2)), /servers 0 to 1/],
    [() => runFlows(flowsFrom([flow(0, 0, 1, 0)]), unit(2)), /0 bytes/],
    [() => runFlows(flowsFrom([]), unit(2), { thresholds: [2, 2] }), /ascend/],
    [() => runFlows(flowsFrom([]), unit(2), { thresholds: [2], order: "remaining" }), /no queues/],
    [() => runFlows(flowsFrom([]), unit(2), { changes: [{ time: 0, thresholds: [1] }] }), /exactly 0/],
    [() => bigSwitch(1), /2 or more/],
  ])("%s", (run, message) => {
    expect(run).toThrow(InputError);
    expect(run).toThrow(message);
  });
});
