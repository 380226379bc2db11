/** Cycles in directed graphs. `edges[v]` lists the nodes to which edges of node v lead. */

/**
 * Returns the first nodes of a graph that can all be reached from each other, ascending; none where no path
 * leads back to its beginning. A node with an edge to itself is one.
 */
export function findCycle(edges: readonly (readonly number[])[]): number[] {
  const component = stronglyConnected(edges);
  const first = edges.findIndex((others, node) =>
    others.some((other) => component[other] === component[node]),
  );
  return first < 0 ? [] : [...edges.keys()].filter((node) => component[node] === component[first]);
}

/** Returns in words which tasks wait for each other, at most five by name. */
export function describeCycle(names: readonly string[]): string {
  if (names.length === 1) return `task ${names[0]} waits for itself`;
  const more = names.length > 5 ? ` and ${names.length - 5} more` : "";
  return `tasks ${names.slice(0, 5).join(", ")}${more} wait for each other in a cycle`;
}

/**
 * Returns for each node the number of its strongly connected component (Tarjan, SIAM J. Comput. 1(2), 1972),
 * without recursion, as chains of tasks may be long. Edges inside a component are part of a cycle; so is the
 * edge of a node that waits for itself.
 */
export function stronglyConnected(edges: readonly (readonly number[])[]): Int32Array {
  const component = new Int32Array(edges.length).fill(-1);
  const order = new Int32Array(edges.length).fill(-1);
  const low = new Int32Array(edges.length);
  const next = new Int32Array(edges.length);
  const open: number[] = [];
  let visited = 0;
  let components = 0;
  for (let root = 0; root < edges.length; root++) {
    if (order[root] >= 0) continue;
    const path = [root];
    while (path.length > 0) {
      const node = path[path.length - 1];
      if (order[node] < 0) {
        order[node] = low[node] = visited++;
        open.push(node);
      }
      if (next[node] < edges[node].length) {
        const child = edges[node][next[node]++];
        if (order[child] < 0) path.push(child);
        else if (component[child] < 0) low[node] = Math.min(low[node], order[child]);
        continue;
      }
      path.pop();
      if (path.length > 0) low[path[path.length - 1]] = Math.min(low[path[path.length - 1]], low[node]);
      if (low[node] !== order[node]) continue;
      let member: number;
      do {
        member = open.pop()!;
        component[member] = components;
      } while (member !== node);
      components++;
    }
  }
  return component;
}
