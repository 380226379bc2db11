/** Each core belongs to one cell. Idle cores may take subtasks of an FFT. */
import type { Subtasks } from "../policy.js";
import { createCoreHeap, moveFirst } from "./core-heap.js";
import { arrivalOf, runOn, type Loop } from "./loop.js";

/** Returns how many subtasks were moved. */
export function runOwnCore(loop: Loop, subtasks: Subtasks | undefined): number {
  if (subtasks !== undefined) return runWithHelpers(loop, subtasks);
  const { cells, slots, cores } = loop;
  const perCell = Math.floor(cores / cells);
  for (let k = 0; k < slots; k++) {
    const arrival = arrivalOf(loop, k);
    const first = (k % perCell) * cells;
    for (let cell = 0; cell < cells; cell++) runOn(loop, k * cells + cell, arrival, first + cell, 0);
  }
  return 0;
}

interface Helpers {
  readonly loop: Loop;
  readonly subtasks: Subtasks;
  /** By core: when its own next subframe arrives; Infinity for a core that belongs to no cell. */
  readonly arrives: Float64Array;
  /** Cores below this number cannot help at the time `now`. */
  next: number;
  now: number;
  moved: number;
}

/**
 * Subframes run in the order in which they begin, because the idle cores of that moment can help. The slot
 * of each core's next subframe is `slot`.
 */
function runWithHelpers(loop: Loop, subtasks: Subtasks): number {
  const { cells, slots, cores, free } = loop;
  const perCell = Math.floor(cores / cells);
  const own = perCell * cells;
  const slot = Int32Array.from({ length: own }, (_, core) => Math.floor(core / cells));
  const arrives = new Float64Array(cores).fill(Infinity);
  const begins = new Float64Array(own);
  const order = Float64Array.from({ length: own }, (_, core) => core);
  const plan = (core: number): void => {
    arrives[core] = arrivalOf(loop, slot[core]);
    begins[core] = slot[core] < slots ? Math.max(arrives[core], free[core]) : Infinity;
    order[core] = slot[core] * cells + (core % cells);
  };
  for (let core = 0; core < own; core++) plan(core);
  const heap = createCoreHeap(begins, order);
  const helpers: Helpers = { loop, subtasks, arrives, next: 0, now: -1, moved: 0 };
  for (let done = cells * slots; done > 0; done--) {
    const core = heap.cores[0];
    const saved = askHelpers(helpers, core, begins[core]);
    runOn(loop, order[core], arrives[core], core, saved);
    slot[core] += perCell;
    plan(core);
    moveFirst(heap);
  }
  return helpers.moved;
}

/** Gives subtasks of the FFT that begins now on this core to idle cores; returns the time that this saves. */
function askHelpers(helpers: Helpers, core: number, now: number): number {
  const { loop, subtasks, arrives } = helpers;
  const { free, busy, cores } = loop;
  if (helpers.now !== now) {
    helpers.now = now;
    helpers.next = 0;
  }
  const piece = loop.fft / subtasks.count;
  const planned = subtasks.time * loop.antennas;
  let left = subtasks.count;
  let most = 0;
  let done = 0;
  for (; helpers.next < cores; helpers.next++) {
    const allowed = Math.min(left - most, Math.floor(left / 2));
    if (allowed <= 0) break;
    const helper = helpers.next;
    if (helper === core || free[helper] > now || arrives[helper] <= now) continue;
    const idle = arrives[helper] - now;
    const taken = Math.min(allowed, Math.floor(idle / planned));
    if (taken === 0) continue;
    const finished = Math.min(taken, Math.floor(idle / piece));
    free[helper] = Math.min(arrives[helper], now + finished * piece);
    busy[helper] += finished * piece;
    left -= taken;
    most = Math.max(most, taken);
    done += finished;
  }
  helpers.moved += done;
  return done * piece;
}
