import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDirectory, PAGE_STATE } from "../../../../src/systems/giantvm/dsm/directory.js";

const NODES = 4;
const PAGES = 5;
const history = fc.array(
  fc.record({ node: fc.nat(NODES - 1), page: fc.nat(PAGES - 1), isWrite: fc.boolean() }),
  { maxLength: 80 },
);

/** Computes the states of a page's copies only from the sequence of accesses. */
function reference(accesses: readonly { node: number; isWrite: boolean }[], home: number) {
  let owner = home;
  let readers = new Set<number>();
  for (const { node, isWrite } of accesses) {
    if (isWrite) {
      owner = node;
      readers = new Set();
    } else if (node !== owner) readers.add(node);
  }
  const states = Array.from({ length: NODES }, (_, node) => {
    if (node === owner) return readers.size > 0 ? PAGE_STATE.shared : PAGE_STATE.modified;
    return readers.has(node) ? PAGE_STATE.shared : PAGE_STATE.invalid;
  });
  return { owner, readers, states };
}

describe("the directory", () => {
  it("has the states that follow from the history of accesses", () => {
    fc.assert(
      fc.property(history, (accesses) => {
        const directory = createDirectory({ nodes: NODES, pages: PAGES });
        accesses.forEach(({ node, page, isWrite }, i) => {
          const before = reference(
            accesses.slice(0, i).filter((access) => access.page === page),
            page % NODES,
          );
          const fault = directory.access(node, page, isWrite);
          const after = reference(
            accesses.slice(0, i + 1).filter((access) => access.page === page),
            page % NODES,
          );
          for (let n = 0; n < NODES; n++) expect(directory.stateOf(n, page)).toBe(after.states[n]);
          expect(directory.ownerOf(page)).toBe(after.owner);
          const allowed = before.states[node];
          const isHit = allowed === PAGE_STATE.modified || (allowed === PAGE_STATE.shared && !isWrite);
          expect(fault === undefined).toBe(isHit);
        });
      }),
    );
  });

  it("has one writer and then no reader, and every copy is of the last write", () => {
    fc.assert(
      fc.property(history, (accesses) => {
        const directory = createDirectory({ nodes: NODES, pages: PAGES });
        const latest = new Array<number>(PAGES).fill(0);
        /** The content of each node's copy, whether it may be used or not. */
        const copies = Array.from({ length: NODES }, () => new Array<number>(PAGES).fill(-1));
        for (let page = 0; page < PAGES; page++) copies[page % NODES][page] = 0;
        accesses.forEach(({ node, page, isWrite }, i) => {
          const fault = directory.access(node, page, isWrite);
          if (fault && fault.kind !== "upgrade") copies[node][page] = copies[fault.from][page];
          expect(copies[node][page]).toBe(latest[page]);
          if (isWrite) copies[node][page] = latest[page] = i + 1;
          const states = copies.map((_, n) => directory.stateOf(n, page));
          const writers = states.filter((state) => state === PAGE_STATE.modified).length;
          const readers = states.filter((state) => state === PAGE_STATE.shared).length;
          expect(writers === 1 ? readers : writers).toBe(0);
          expect(writers + readers).toBeGreaterThan(0);
          states.forEach((state, n) => {
            if (state !== PAGE_STATE.invalid) expect(copies[n][page]).toBe(latest[page]);
          });
        });
      }),
    );
  });

  it("counts messages: two where the manager is one of the two, else four, and two for each copy", () => {
    const directory = createDirectory({ nodes: 4, pages: 4 });
    // Page 1 is managed, and owned, by node 1.
    expect(directory.access(0, 1, false)).toEqual({
      kind: "read",
      from: 1,
      messages: 2,
      hops: 2,
      invalidated: 0,
    });
    // Node 0 has a copy, node 1 owns it; node 2 writes: node 0's copy goes.
    expect(directory.access(2, 1, true)).toEqual({
      kind: "write",
      from: 1,
      messages: 4,
      hops: 2,
      invalidated: 1,
    });
    // Now node 2 owns the page: node 3 asks node 1, node 1 asks node 2, and node 3 confirms to node 1.
    expect(directory.access(3, 1, false)).toEqual({
      kind: "read",
      from: 2,
      messages: 4,
      hops: 3,
      invalidated: 0,
    });
    // The manager asks the owner itself.
    expect(directory.access(1, 1, false)).toEqual({
      kind: "read",
      from: 2,
      messages: 2,
      hops: 2,
      invalidated: 0,
    });
    // The owner invalidates the copies of its readers: nodes 3 and 1.
    expect(directory.access(2, 1, true)).toEqual({
      kind: "upgrade",
      from: 2,
      messages: 4,
      hops: 0,
      invalidated: 2,
    });
    expect(directory.access(2, 1, true)).toBeUndefined();
    directory.access(3, 1, false);
    // A reader writes: it has the page, and requests the right through the manager.
    expect(directory.access(3, 1, true)).toEqual({
      kind: "upgrade",
      from: 2,
      messages: 4,
      hops: 3,
      invalidated: 0,
    });
  });
});
