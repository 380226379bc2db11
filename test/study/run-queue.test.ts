import { describe, expect, it } from "vitest";
import { createRunQueue, type RunQueue } from "../../src/study/run-queue.js";

function drain(queue: RunQueue<string>, previous: (string | undefined)[]): (string | undefined)[] {
  return previous.map((group) => queue.take(group)?.item);
}

describe("createRunQueue", () => {
  const groupOf = (item: string): string => item[0];

  it("keeps a worker in its group; gives a new worker a fresh group, else the one with most left", () => {
    const queue = createRunQueue(["a1", "b1", "a2", "b2", "b3", "b4", "a3"], groupOf);
    const worker = [undefined, undefined, "a", "b", "a", "a", "b", "b"];
    expect(drain(queue, worker)).toEqual(["a1", "b1", "a2", "b2", "a3", "b3", "b4", undefined]);
  });

  it("helps with the group that has most items left", () => {
    const queue = createRunQueue(["a1", "a2", "b1", "b2", "b3", "c1"], groupOf);
    expect(drain(queue, [undefined, undefined, undefined, "c", "c", "c", "c"])).toEqual([
      "a1",
      "b1",
      "c1",
      "b2",
      "a2",
      "b3",
      undefined,
    ]);
  });

  it("is empty without items", () => {
    expect(createRunQueue([], groupOf).take()).toBeUndefined();
  });
});
