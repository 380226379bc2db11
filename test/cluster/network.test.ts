import { describe, expect, it } from "vitest";
import { createNetwork, earliestStart, occupy } from "../../src/cluster/network.js";

describe("network", () => {
  it("starts at once if both links have a free channel, otherwise waits for the busier link", () => {
    const network = createNetwork(3, 2);
    expect(earliestStart(network, 0, 1, 100)).toBe(100);
    occupy(network, 0, 1, 110);
    occupy(network, 0, 2, 130);
    // Machine 0 has both channels taken until 110 and 130; machine 1 has a free channel.
    expect(earliestStart(network, 0, 1, 100)).toBe(110);
    expect(earliestStart(network, 1, 2, 100)).toBe(100);
    occupy(network, 0, 1, 150);
    expect(earliestStart(network, 1, 0, 100)).toBe(130);
  });
});
