/** A subframe is bound to a core when it arrives: its own if idle, another idle one, or else its own. */
import { arrivalOf, runOn, type Loop } from "./loop.js";

export function runIdleCore(loop: Loop): void {
  const { cells, slots, cores, free } = loop;
  for (let k = 0; k < slots; k++) {
    const arrival = arrivalOf(loop, k);
    // A core that is busy when a slot begins, or takes a subframe of it, is not idle again in this search.
    let next = 0;
    for (let cell = 0; cell < cells; cell++) {
      const subframe = k * cells + cell;
      let core = subframe % cores;
      if (free[core] > arrival) {
        while (next < cores && free[next] > arrival) next++;
        if (next < cores) core = next;
      }
      runOn(loop, subframe, arrival, core, 0);
    }
  }
}
