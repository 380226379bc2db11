/** The directory of a distributed shared memory: which nodes hold which page in which state. */

/** The state of a node's copy of a page: no copy; a read-only copy; the only copy, which may be written. */
export const PAGE_STATE = { invalid: 0, shared: 1, modified: 2 } as const;

/** The cost of an access that a node's own copy does not allow. */
export interface Fault {
  /** "read" and "write" fetch the page; "upgrade" only requests the right to write the existing copy. */
  readonly kind: "read" | "write" | "upgrade";
  /** The node that sends the page or grants the right; the faulting node itself where it owns the page. */
  readonly from: number;
  /** The number of messages, small ones and pages, including invalidations and their answers. */
  readonly messages: number;
  /** The number of sequential messages until the page or the right arrives: 0, 2 or 3. */
  readonly hops: number;
  /** The number of copies at third nodes that are invalidated, concurrently and with two messages each. */
  readonly invalidated: number;
}

export interface Directory {
  readonly nodes: number;
  readonly pages: number;
  stateOf(node: number, page: number): number;
  ownerOf(page: number): number;
  /** Records a node's access. Returns undefined where its copy allows the access. */
  access(node: number, page: number, isWrite: boolean): Fault | undefined;
}

/**
 * Returns the directory of Ivy's protocol with fixed distributed managers (Li and Hudak, ACM TOCS 7(4), 1989,
 * 3.3; GiantVM's is of this kind). Page p is managed by node p mod nodes, which also holds it at first, in
 * state `modified`. Either many nodes hold a page for reading, or one node for writing. The owner is the last
 * writer and knows all copies. On a fault, the node asks the manager, the manager asks the owner, the owner
 * sends the page, and the node confirms to the manager: four messages, or two where the faulting node or the
 * owner is the manager.
 */
export function createDirectory({ nodes, pages }: { nodes: number; pages: number }): Directory {
  const owner = Int32Array.from({ length: pages }, (_, page) => page % nodes);
  const state = new Uint8Array(nodes * pages);
  for (let page = 0; page < pages; page++) state[owner[page] * pages + page] = PAGE_STATE.modified;

  function read(node: number, page: number): Fault {
    const from = owner[page];
    state[from * pages + page] = PAGE_STATE.shared;
    state[node * pages + page] = PAGE_STATE.shared;
    const isNear = isManaged(page, node, from);
    return { kind: "read", from, messages: isNear ? 2 : 4, hops: isNear ? 2 : 3, invalidated: 0 };
  }

  function write(node: number, page: number): Fault {
    const from = owner[page];
    const kind = state[node * pages + page] === PAGE_STATE.shared ? "upgrade" : "write";
    let invalidated = 0;
    for (let other = 0; other < nodes; other++) {
      const at = other * pages + page;
      if (other !== node && other !== from && state[at] !== PAGE_STATE.invalid) invalidated++;
      state[at] = PAGE_STATE.invalid;
    }
    state[node * pages + page] = PAGE_STATE.modified;
    owner[page] = node;
    const isNear = isManaged(page, node, from);
    const [asked, hops] = from === node ? [0, 0] : isNear ? [2, 2] : [4, 3];
    return { kind, from, messages: asked + 2 * invalidated, hops, invalidated };
  }

  function isManaged(page: number, node: number, from: number): boolean {
    const manager = page % nodes;
    return manager === node || manager === from;
  }

  return {
    nodes,
    pages,
    stateOf: (node, page) => state[node * pages + page],
    ownerOf: (page) => owner[page],
    access(node, page, isWrite) {
      const held = state[node * pages + page];
      if (held === PAGE_STATE.modified || (held === PAGE_STATE.shared && !isWrite)) return undefined;
      return isWrite ? write(node, page) : read(node, page);
    },
  };
}
