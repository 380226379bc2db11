/** Cores in order of a key, the least first; ties by a second key. */

export interface CoreHeap {
  readonly cores: Int32Array;
  /** By core. */
  readonly key: Float64Array;
  readonly tie: Float64Array;
}

/** Returns a heap of cores whose keys are in ascending order of the cores' numbers. */
export function createCoreHeap(key: Float64Array, tie: Float64Array): CoreHeap {
  return { cores: Int32Array.from(key, (_, core) => core), key, tie };
}

/** Puts the first core where it belongs after its key has become larger. */
export function moveFirst({ cores, key, tie }: CoreHeap): void {
  const core = cores[0];
  let at = 0;
  for (let child = 1; child < cores.length; child = 2 * at + 1) {
    const right = child + 1;
    if (right < cores.length && isBefore(cores[right], cores[child], key, tie)) child = right;
    if (!isBefore(cores[child], core, key, tie)) break;
    cores[at] = cores[child];
    at = child;
  }
  cores[at] = core;
}

function isBefore(a: number, b: number, key: Float64Array, tie: Float64Array): boolean {
  return key[a] < key[b] || (key[a] === key[b] && tie[a] < tie[b]);
}
