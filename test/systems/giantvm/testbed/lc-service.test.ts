import { describe, expect, it } from "vitest";
import { createLcWorker, type LcWorkerOptions } from "../../../../src/systems/giantvm/testbed/lc-service.js";
import { meanOf } from "../../../../src/metrics/statistics.js";
import { responseQuantileMm1 } from "../../../../src/metrics/queueing.js";
import { randomStream, type Random } from "../../../../src/base/random.js";

function record(options: Partial<LcWorkerOptions>, clients: number) {
  const latencies: number[] = [];
  const worker = createLcWorker({
    capacity: clients,
    service: 1,
    think: 0,
    random: randomStream(1, "noise", "test"),
    onAnswer: (latency) => latencies.push(latency),
    ...options,
  });
  worker.setClients(clients, 0);
  return { worker, latencies };
}

/** Makes every service time 1: exponential(1) of 1 - 1/e. */
const constant: Random = () => 1 - Math.exp(-1);

function quantile(values: readonly number[], q: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(q * values.length)];
}

describe("LC worker", () => {
  it("serves first come, first served, and each client sends its next request at once", () => {
    const { worker, latencies } = record({ random: constant }, 3);
    expect(worker.serve(0, 6.5, 1)).toBeCloseTo(6.5, 12);
    expect(latencies.map((latency) => Math.round(latency * 1e9) / 1e9)).toEqual([1, 2, 3, 3, 3, 3]);
  });

  it("takes twice as long with half the CPU, and continues a request in the next tick", () => {
    const { worker, latencies } = record({ random: constant }, 2);
    let used = 0;
    for (let tick = 0; tick < 90; tick++) used += worker.serve(tick * 0.1, 0.1, 0.5);
    expect(used).toBeCloseTo(4.5, 9);
    expect(latencies.map((latency) => Math.round(latency * 1e9) / 1e9)).toEqual([2, 4, 4, 4]);
  });

  it("uses no CPU without clients, and makes no progress without CPU", () => {
    expect(record({}, 0).worker.serve(0, 10, 1)).toBe(0);
    const { worker, latencies } = record({}, 2);
    expect(worker.serve(0, 10, 0)).toBe(0);
    expect(latencies).toEqual([]);
  });

  it("gives a leaving client its answer first", () => {
    const { worker, latencies } = record({ random: constant }, 3);
    worker.setClients(1, 0);
    worker.serve(0, 10, 1);
    expect(latencies.map((latency) => Math.round(latency))).toEqual([1, 2, 3, 1, 1, 1, 1, 1, 1]);
    worker.setClients(0, 10);
    worker.serve(10, 5, 1);
    expect(worker.isBusy()).toBe(false);
  });

  it("is the cyclic queue: with n clients that never think the response is Erlang-n", () => {
    const { worker, latencies } = record({}, 50);
    for (let tick = 0; tick < 40_000; tick++) worker.serve(tick, 1, 1);
    const settled = latencies.slice(50);
    // Mean n, variance n. Responses overlap, so about 40,000 / 50 are independent; allow 4 standard errors of
    // the mean.
    expect(Math.abs(meanOf(settled) - 50)).toBeLessThan(4 * Math.sqrt(50 / 800));
    const variance = meanOf(settled.map((latency) => (latency - 50) ** 2));
    expect(variance / 50).toBeGreaterThan(0.8);
    expect(variance / 50).toBeLessThan(1.2);
  });

  it("tends to M/M/1 for many clients that think long: mean within 4 %, P99 within 6 %", () => {
    // 20,000 clients with think times of 40,000 service times: nearly Poisson arrivals, load 0.5.
    const { worker, latencies } = record({ think: 40_000 }, 20_000);
    let used = 0;
    for (let tick = 0; tick < 200_000; tick++) used += worker.serve(tick, 1, 1);
    expect(used / 200_000).toBeCloseTo(0.5, 1);
    expect(Math.abs(meanOf(latencies) / 2 - 1)).toBeLessThan(0.04);
    expect(Math.abs(quantile(latencies, 0.99) / responseQuantileMm1(0.5, 0.99) - 1)).toBeLessThan(0.06);
  });
});
