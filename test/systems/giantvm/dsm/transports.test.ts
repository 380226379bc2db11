import { describe, expect, it } from "vitest";
import {
  TRANSPORTS,
  transportCosts,
  transportLatencies,
} from "../../../../src/systems/giantvm/dsm/transports.js";

describe("the measured transports", () => {
  /** The authors' bandwidths for the same requests, MiB/s: an independent column of their data. */
  const MIB_PER_SECOND = {
    rdma: [15.6, 29.7, 59.0, 117, 212, 361, 501, 831, 1334, 1694, 2210, 2563, 2466, 2804, 2825],
    tcp: [1.37, 2.63, 4.97, 8.58, 15.1, 23.4, 38.1, 146, 246, 238, 231, 228, 226, 225, 225],
    ipoib: [5.6, 10.8, 21.7, 42.9, 83.7, 124, 234, 413, 635, 386, 770, 464, 418, 413, 166],
  };

  it.each(TRANSPORTS)("%s: bandwidth is size over latency, as published, to 3 %%", (transport) => {
    const rows = transportLatencies().filter(`d => d.transport === '${transport}'`);
    expect(rows.numRows()).toBe(15);
    (rows.objects() as { bytes: number; micros: number }[]).forEach(({ bytes, micros }, i) => {
      const bandwidth = bytes / 2 ** 20 / (micros * 1e-6);
      expect(Math.abs(bandwidth / MIB_PER_SECOND[transport][i] - 1)).toBeLessThan(0.03);
    });
  });

  it("says how far one measurement of a page predicts the other", () => {
    // A read and a write by a non-owner both fetch one page with two messages.
    const ratio = TRANSPORTS.map((transport) => {
      const { read, write } = transportCosts(transport);
      return Math.round((100 * write) / read);
    });
    expect(ratio).toEqual([104, 78, 142]);
  });
});
