/** One queue for all cells: the core that is free first takes the next subframe. */
import { createCoreHeap, moveFirst } from "./core-heap.js";
import { arrivalOf, runOn, type Loop } from "./loop.js";

export function runOneQueue(loop: Loop): void {
  const { cells, slots, free } = loop;
  const heap = createCoreHeap(
    free,
    Float64Array.from(free, (_, core) => core),
  );
  for (let k = 0; k < slots; k++) {
    const arrival = arrivalOf(loop, k);
    for (let cell = 0; cell < cells; cell++) {
      runOn(loop, k * cells + cell, arrival, heap.cores[0], 0);
      moveFirst(heap);
    }
  }
}
