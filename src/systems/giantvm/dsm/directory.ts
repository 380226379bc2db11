/** Who holds which page in which state: the books of a distributed shared memory. */

/** Of a node's copy of a page: none; may be read; may be read and written, the only one there is. */
export const PAGE_STATE = { invalid: 0, shared: 1, modified: 2 } as const;

/** What an access costs that a node's own copy does not allow. */
export interface Fault {
  /**
   * "read" and "write" fetch the page; an upgrade only asks for the right to write the copy that is there.
   */
  readonly kind: "read" | "write" | "upgrade";
  /** Node that sends the page or the right; the faulting one itself where it owns the page. */
  readonly from: number;
  /** Small messages and pages together, invalidations and their answers included. */
  readonly messages: number;
  /** Messages one after the other until page or right are there: 0, 2 or 3. */
  readonly hops: number;
  /** Copies at third nodes that are made invalid, two messages each, all at a time. */
  readonly invalidated: number;
}

export interface Directory {
  readonly nodes: number;
  readonly pages: number;
  stateOf(node: number, page: number): number;
  ownerOf(page: number): number;
  /** Books a node's access. Returns undefined where its copy allows it. */
  access(node: number, page: number, isWrite: boolean): Fault | undefined;
}

/**
 * Returns the directory of Ivy's protocol with fixed distributed managers (Li and Hudak, ACM TOCS 7(4), 1989,
 * 3.3; GiantVM's is of this kind). Page p is managed by node p mod nodes, where it also is at first,
 * modified. Many may hold a page to read it, or one to write it. The owner, the last to write, knows the
 * copies. A fault asks the manager, which asks the owner, which sends the page; then the manager is told:
 * four messages, or two where the faulting node or the owner is the manager itself.
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
