import { describe, expect, it } from "vitest";
import { createDecider, type DeciderName } from "../../../../src/systems/giantvm/decide/index.js";

describe("createDecider", () => {
  it("refuses invalid nodes", () => {
    expect(() => createDecider("las", [])).toThrow("invalid nodes: none; give at least one list of CPUs");
    expect(() => createDecider("las", [[0], []])).toThrow("invalid node 1: it has no CPU; leave it out");
    expect(() => createDecider("las", [[0, 1], [1]])).toThrow(
      "invalid nodes: CPU 1 is on node 0 and on node 1",
    );
    expect(() => createDecider("las", [[0.5]])).toThrow("invalid CPU of node 0: 0.5");
  });

  it("refuses unknown names and values out of range", () => {
    expect(() => createDecider("lass" as DeciderName, [[0]])).toThrow(
      "unknown policy: lass (did you mean las?); known: las, las-robust",
    );
    expect(() => createDecider("las", [[0]], { hot: 1 })).toThrow(
      "unknown parameter of las: hot; it has: threshold",
    );
    expect(() => createDecider("las-robust", [[0]], { hot: 2 })).toThrow("invalid hot of las-robust: 2");
  });
});
