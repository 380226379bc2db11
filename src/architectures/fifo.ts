/** A queue of whole numbers, first in, first out. */

export interface Fifo {
  items: Int32Array;
  first: number;
  size: number;
}

export function createFifo(): Fifo {
  return { items: new Int32Array(16), first: 0, size: 0 };
}

export function enter(fifo: Fifo, item: number): void {
  if (fifo.size === fifo.items.length) {
    const longer = new Int32Array(2 * fifo.size);
    for (let i = 0; i < fifo.size; i++) longer[i] = fifo.items[(fifo.first + i) % fifo.size];
    fifo.items = longer;
    fifo.first = 0;
  }
  fifo.items[(fifo.first + fifo.size++) % fifo.items.length] = item;
}

/** Returns the i-th item from the front; the item stays in the queue. */
export function itemAt({ items, first }: Fifo, i: number): number {
  return items[(first + i) % items.length];
}

/** Removes the i-th item and returns it; the items in front of it keep their order. */
export function takeAt(fifo: Fifo, i: number): number {
  const { items, first } = fifo;
  const item = itemAt(fifo, i);
  for (let at = i; at > 0; at--) items[(first + at) % items.length] = itemAt(fifo, at - 1);
  leave(fifo);
  return item;
}

/** Removes the first item and returns it; the queue must not be empty. */
export function leave(fifo: Fifo): number {
  const item = fifo.items[fifo.first];
  fifo.first = (fifo.first + 1) % fifo.items.length;
  fifo.size--;
  return item;
}
