import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDirectory } from "../../../../src/systems/giantvm/dsm/directory.js";
import {
  DSM_PAGE,
  HEADER,
  HIT_SECONDS,
  runDsm,
  type AccessStream,
} from "../../../../src/systems/giantvm/dsm/run.js";
import { TRANSPORTS, transportCosts } from "../../../../src/systems/giantvm/dsm/transports.js";

function stream(
  node: number,
  accesses: readonly (readonly [page: number, isWrite: boolean])[],
  gap = 0,
): AccessStream {
  return {
    node,
    page: Int32Array.from(accesses, ([page]) => page),
    write: Uint8Array.from(accesses, ([, isWrite]) => (isWrite ? 1 : 0)),
    gap: new Float64Array(accesses.length).fill(gap),
  };
}

describe("runDsm", () => {
  const { read, write, roundTrip, bandwidth } = transportCosts("rdma");

  it("does not use the network for local pages", () => {
    const run = runDsm(
      [
        stream(0, [
          [0, true],
          [0, false],
        ]),
      ],
      { transport: "rdma", nodes: 2 },
    );
    expect(run).toMatchObject({ accesses: 2, messages: 0, bytes: 0, stalled: 0 });
    expect(run.seconds).toBeCloseTo(2 * HIT_SECONDS, 15);
  });

  it("takes the measured request time for a page, and adds the trap: computed by hand", () => {
    const fetch = [stream(1, [[0, false]])];
    const run = runDsm(fetch, { transport: "rdma", trap: 0 });
    expect(run.seconds).toBeCloseTo(read + HIT_SECONDS, 15);
    expect(run).toMatchObject({ readFaults: 1, messages: 2, pagesSent: 1, bytes: DSM_PAGE + 2 * HEADER });
    expect(runDsm(fetch, { transport: "rdma", trap: read }).seconds).toBeCloseTo(2 * read + HIT_SECONDS, 15);
  });

  it("queues for a page: two nodes that write one page take turns", () => {
    // Node 2 manages page 2: node 0 fetches it with two messages, then node 1 fetches it from node 0 through
    // node 2.
    const streams = [stream(0, [[2, true]]), stream(1, [[2, true]])];
    const run = runDsm(streams, { transport: "rdma", nodes: 3, trap: 0 });
    expect(run.finished[0]).toBeCloseTo(write + HIT_SECONDS, 15);
    expect(run.finished[1]).toBeCloseTo(write + write + roundTrip / 2 + HIT_SECONDS, 15);
    expect(run.messages).toBe(6);
    expect(run.stalled).toBeCloseTo(3 * write + roundTrip / 2, 15);
  });

  it("queues for a sender: a node sends one page after the other", () => {
    const streams = [stream(1, [[0, false]]), stream(2, [[3, false]])];
    const run = runDsm(streams, { transport: "rdma", nodes: 3, trap: 0 });
    expect(run.finished[1] - run.finished[0]).toBeCloseTo((DSM_PAGE + HEADER) / bandwidth, 15);
  });

  it("an owner's upgrade waits for its readers, one round trip for all of them", () => {
    const streams = [stream(0, [[0, true]], 1e-3), stream(1, [[0, false]]), stream(2, [[0, false]])];
    const run = runDsm(streams, { transport: "tcp", trap: 0 });
    expect(run.upgrades).toBe(1);
    expect(run.finished[0]).toBeCloseTo(1e-3 + transportCosts("tcp").roundTrip + HIT_SECONDS, 12);
  });

  it("counts the faults of the directory for any streams", () => {
    const access = fc.tuple(fc.nat(7), fc.boolean());
    fc.assert(
      fc.property(
        fc.array(fc.array(access, { maxLength: 30 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...TRANSPORTS),
        (lists, transport) => {
          const streams = lists.map((list, node) => stream(node, list));
          const run = runDsm(streams, { transport });
          const faults = run.readFaults + run.writeFaults + run.upgrades;
          expect(run.faultsByPage.reduce((a, b) => a + b, 0)).toBe(faults);
          expect(run.bytes).toBe(run.pagesSent * DSM_PAGE + run.messages * HEADER);
          expect(run.pagesSent).toBe(run.readFaults + run.writeFaults);
          const longest = Math.max(...lists.map((list) => list.length));
          expect(run.seconds).toBeGreaterThanOrEqual(longest * HIT_SECONDS * (1 - 1e-9));
          const busy = run.finished.reduce((a, b) => a + b, 0);
          expect(busy).toBeCloseTo(run.accesses * HIT_SECONDS + run.stalled, 9);
          if (lists.length === 1) {
            const directory = createDirectory({ nodes: 1, pages: 8 });
            expect(lists[0].some(([page, isWrite]) => directory.access(0, page, isWrite))).toBe(false);
            expect(faults).toBe(0);
          }
        },
      ),
    );
  });

  it("is reproducible, and differs for another seed", () => {
    const streams = [0, 1].map((node) => stream(node, new Array(50).fill([0, true])));
    const at = (seed: number) => runDsm(streams, { transport: "tcp", seed });
    expect(at(1)).toEqual(at(1));
    expect(at(1).seconds).not.toBe(at(2).seconds);
  });

  it("refuses no stream, unknown nodes and unknown transports", () => {
    expect(() => runDsm([], { transport: "rdma" })).toThrow("no access stream to run");
    expect(() => runDsm([stream(3, [[0, true]])], { transport: "rdma", nodes: 2 })).toThrow(
      "unknown node of a stream: 3; there are 2",
    );
    expect(() => runDsm([stream(0, [])], { transport: "cxl" as "rdma" })).toThrow(
      "unknown transport: cxl; known: rdma, ipoib, tcp",
    );
  });
});
