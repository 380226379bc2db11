import TinyQueue from "tinyqueue";

/** A queue of items in order of time; items with the same time keep the order in which they were put in. */
export interface Timeline<Item> {
  readonly queue: TinyQueue<Entry<Item>>;
  turns: number;
}

interface Entry<Item> {
  readonly time: number;
  readonly turn: number;
  readonly item: Item;
}

export function createTimeline<Item>(): Timeline<Item> {
  return { queue: new TinyQueue<Entry<Item>>([], inOrder), turns: 0 };
}

function inOrder(a: Entry<unknown>, b: Entry<unknown>): number {
  return a.time - b.time || a.turn - b.turn;
}

export function putAt<Item>(timeline: Timeline<Item>, time: number, item: Item): void {
  timeline.queue.push({ time, turn: timeline.turns++, item });
}

/** Returns the time of the next item, Infinity if there is none. */
export function nextTime({ queue }: Timeline<unknown>): number {
  return queue.peek()?.time ?? Infinity;
}

/** Removes and returns the next item; undefined if there is none. */
export function takeNext<Item>({ queue }: Timeline<Item>): Item | undefined {
  return queue.pop()?.item;
}
