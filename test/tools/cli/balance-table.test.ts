import { describe, expect, it } from "vitest";
import { createRedraw, decisionLine, decisionTable } from "../../../src/tools/cli/balance-table.js";
import type { LoggedDecision } from "../../../src/systems/giantvm/decide/decisions.js";

const NODES = [
  { cpus: [0, 1], memory: "0" },
  { cpus: [2, 3], memory: "1" },
];
const DECISION: LoggedDecision = {
  seconds: 12.34,
  readings: [
    { stealTicks: 300, stealShare: 0.3, busyShare: 0.35 },
    { stealTicks: NaN, stealShare: NaN, busyShare: NaN },
  ],
  work: [
    { id: "batch", node: 0, cpu: 1, workingSet: 0 },
    { id: "wide", node: -1, cpu: 1, workingSet: 0 },
  ],
  moves: [
    { work: "batch", from: 0, to: 1 },
    { work: "wide", from: -1, to: 1, error: "no" },
  ],
  reason: "hot",
};

describe("what balance shows", () => {
  it("is one row per node, blank for unknown readings, and the moves", () => {
    expect(decisionTable(DECISION, NODES)).toBe(
      "node  cpus  steal ticks  steal %  busy %  work\n" +
        "   0  0-1           300       30      35  batch\n" +
        "   1  2-3\n" +
        "on several nodes: wide\n" +
        "hot; moved batch from node 0 to node 1, wide to node 1 FAILED: no\n",
    );
  });

  it("is one line per decision without a terminal", () => {
    expect(decisionLine({ ...DECISION, moves: [] })).toBe("12.3 s  steal 300 ?  hot");
  });

  it("is redrawn, with lines cut so that none wraps", () => {
    const written: string[] = [];
    const redraw = createRedraw(
      (text) => written.push(text),
      () => 4,
    );
    redraw("abcdef\nb\n");
    redraw("c\n");
    redraw("d\n");
    expect(written).toEqual(["abcd\nb\n", "\x1b[2A\x1b[Jc\n", "\x1b[1A\x1b[Jd\n"]);
  });
});
