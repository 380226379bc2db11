/** A binary heap: the item with the smallest key comes out first; among equal keys, the one that went in first. */
export interface Heap<Item> {
  /** Key of the next item, Infinity where there is none. */
  readonly least: () => number;
  readonly push: (key: number, item: Item) => void;
  readonly pop: () => Item | undefined;
}

export function createHeap<Item>(): Heap<Item> {
  const nodes: { readonly key: number; readonly turn: number; readonly item: Item }[] = [];
  let turns = 0;
  const before = (a: number, b: number): boolean => {
    const left = nodes[a];
    const right = nodes[b];
    return left.key < right.key || (left.key === right.key && left.turn < right.turn);
  };
  const swap = (a: number, b: number): void => {
    const held = nodes[a];
    nodes[a] = nodes[b]!;
    nodes[b] = held;
  };
  return {
    least: () => nodes[0]?.key ?? Infinity,
    push: (key, item) => {
      nodes.push({ key, turn: turns++, item });
      for (
        let child = nodes.length - 1;
        child > 0 && before(child, (child - 1) >> 1);
        child = (child - 1) >> 1
      ) {
        swap(child, (child - 1) >> 1);
      }
    },
    pop: () => {
      if (nodes.length === 0) return undefined;
      swap(0, nodes.length - 1);
      const item = nodes.pop()!.item;
      for (let parent = 0; ;) {
        let least = parent;
        const left = 2 * parent + 1;
        if (left < nodes.length && before(left, least)) least = left;
        if (left + 1 < nodes.length && before(left + 1, least)) least = left + 1;
        if (least === parent) return item;
        swap(parent, least);
        parent = least;
      }
    },
  };
}
