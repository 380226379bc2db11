import { expect, it } from "vitest";
import { pagesOverTime } from "../../../../src/systems/giantvm/charts/pages-over-time.js";
import { recordPages } from "../../../../src/systems/giantvm/dsm/record.js";
import { HIT_SECONDS, runDsm, type AccessStream } from "../../../../src/systems/giantvm/dsm/run.js";
import { sharingPattern } from "../../../../src/systems/giantvm/dsm/patterns.js";

function stream(node: number, gap: number, writes: readonly boolean[]): AccessStream {
  return {
    node,
    page: new Int32Array(writes.length),
    write: Uint8Array.from(writes, Number),
    gap: new Float64Array(writes.length).fill(gap),
  };
}

/** Node 1 reads page 0 at 1 s and again after it; node 0, which has it, writes at 5 s. */
const STREAMS = [stream(0, 5, [true]), stream(1, 1, [false, false])];

interface Row {
  readonly access: number;
  readonly node: number;
  readonly state: string;
  readonly kind: string | null;
  readonly fault: string | null;
  readonly seconds: number | null;
}

it("records Ivy's states: by hand", () => {
  const rows = recordPages(STREAMS, { transport: "rdma" }).objects() as Row[];
  const states = [0, 1, 2, 3].map((at) =>
    rows.filter(({ access }) => access === at).map(({ state }) => state),
  );
  expect(states).toEqual([
    ["modified", "invalid"],
    ["shared", "shared"],
    ["shared", "shared"],
    ["modified", "invalid"],
  ]);
  const told = rows.filter(({ kind }) => kind !== null).map(({ node, kind, fault }) => [node, kind, fault]);
  expect(told).toEqual([
    [1, "read", "read"],
    [1, "read", "none"],
    [0, "write", "upgrade"],
  ]);
  expect(rows.find(({ fault }) => fault === "none")?.seconds).toBeCloseTo(HIT_SECONDS, 12);
});

it("counts the faults that runDsm counts", () => {
  const streams = sharingPattern("thrashing", { nodes: 3, accesses: 50, pages: 4 });
  const run = runDsm(streams, { transport: "tcp" });
  const rows = recordPages(streams, { transport: "tcp" }).objects() as Row[];
  const count = (fault: string): number => rows.filter((row) => row.fault === fault).length;
  expect([count("read"), count("write"), count("upgrade")]).toEqual([
    run.readFaults,
    run.writeFaults,
    run.upgrades,
  ]);
  const { nodes, accesses } = { nodes: 3, accesses: 150 };
  expect(rows).toHaveLength((accesses + 1) * nodes * 4);
});

it("the chart marks changes and faults", () => {
  const { data, layout, says } = pagesOverTime(recordPages(STREAMS, { transport: "rdma" }));
  const [invalid, shared, modified, letters, faults, hits] = data;
  // From half an access before the first to half an access after the last, less a gap of 0.03.
  expect(modified).toMatchObject({
    meta: "modified",
    x: [-0.47, -0.47, 0.47, 0.47, null, 2.53, 2.53, 3.47, 3.47],
  });
  expect(shared.x).toEqual([0.53, 0.53, 2.47, 2.47, null, 0.53, 0.53, 2.47, 2.47]);
  expect(invalid.y).toEqual([0.56, 1.44, 1.44, 0.56, null, 0.56, 1.44, 1.44, 0.56]);
  // A letter where a state begins: node 0, then node 1.
  expect(letters.text).toEqual(["M", "S", "M", "I", "S", "I"]);
  expect(faults).toMatchObject({ x: [1, 3], y: [1, 0] });
  expect(hits).toMatchObject({ x: [2], y: [1] });
  expect((layout.xaxis as { ticktext: string[] }).ticktext).toEqual(["", "R1", "R1", "W0"]);
  expect(says?.en).toMatch(/^Of 3 accesses by 2 nodes to 1 page, 2 \(67 %\) are faults/);
});

it("refuses a record without accesses and streams that are too long", () => {
  expect(() => pagesOverTime([])).toThrow(/no rows/);
  const long = sharingPattern("thrashing", { nodes: 4, accesses: 20_000 });
  expect(() => recordPages(long, { transport: "rdma" })).toThrow(/too many accesses to record/);
});
