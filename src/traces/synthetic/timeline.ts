import TinyQueue from "tinyqueue";

/** Items in order of time; of those with the same time, the one that was put in first. */
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

/** Returns the time of the next item, Infinity where there is none. */
export function nextTime({ queue }: Timeline<unknown>): number {
  return queue.peek()?.time ?? Infinity;
}

/** Takes out the next item; undefined where there is none. */
export function takeNext<Item>({ queue }: Timeline<Item>): Item | undefined {
  return queue.pop()?.item;
}
