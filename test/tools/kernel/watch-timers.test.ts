import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { separateTimers, type TimerHost } from "../../../src/tools/kernel/watch-timers.js";

/** A host with one timer, as tslab's. */
function oneTimer(): { readonly host: Required<TimerHost>; readonly pending: () => unknown } {
  let pending: unknown;
  const host = {
    setTimeout(callback: () => void) {
      if (pending !== undefined) throw new Error("a second timer");
      return (pending = callback);
    },
    clearTimeout(timer: unknown) {
      if (timer !== pending) throw new Error("another timer");
      pending = undefined;
    },
  };
  separateTimers(host);
  return { host, pending: () => pending };
}

function updateProgramWithWatchStatus(): void {
  throw new Error("runs when a cell is compiled");
}

it("leaves the timer of the program to the host, and runs others beside it", async () => {
  const { host, pending } = oneTimer();
  const done: string[] = [];
  const timer = host.setTimeout(updateProgramWithWatchStatus, 1);
  host.setTimeout((what: unknown) => done.push(String(what)), 1, "first");
  const second = host.setTimeout(() => done.push("second"), 1);
  host.clearTimeout(second);
  await delay(20);
  expect(done).toEqual(["first"]);
  expect(pending()).toBe(updateProgramWithWatchStatus);
  host.clearTimeout(timer);
  expect(pending()).toBeUndefined();
});
