/** A function binds each subframe to a core when it arrives. */
import { describeValue, InputError } from "../../../base/errors.js";
import type { ChooseCore } from "../policy.js";
import { arrivalOf, runOn, type Loop } from "./loop.js";

/** Throws InputError where the function returns no core. */
export function runOwnRule(loop: Loop, choose: ChooseCore, name: string): void {
  const { cells, slots, cores, free, mcs, time } = loop;
  for (let slot = 0; slot < slots; slot++) {
    const arrival = arrivalOf(loop, slot);
    for (let cell = 0; cell < cells; cell++) {
      const subframe = slot * cells + cell;
      const seen = { cell, slot, mcs: mcs[subframe], arrival, deadline: arrival + time, cells, free };
      const core = choose(seen);
      if (!(Number.isInteger(core) && core >= 0 && core < cores))
        throw new InputError(
          `policy ${name} gave subframe ${slot} of cell ${cell} to core ${describeValue(core)}; ` +
            `give a whole number from 0 to ${cores - 1}`,
        );
      runOn(loop, subframe, arrival, core, 0);
    }
  }
}
