import { describe, expect, it } from "vitest";
import { createDecider } from "../../../../src/systems/giantvm/decide/index.js";
import { createStat, workOn, type Use } from "./stat.js";

/**
 * Returns the moves of the second decision, after an interval with this activity of the CPUs (one per node).
 */
function movesAfter(uses: readonly Use[], works = [workOn(0)], options = {}) {
  const stat = createStat();
  const las = createDecider(
    "las",
    uses.map((_, cpu) => [cpu]),
    options,
  );
  expect(las.decide(stat(uses.map(() => ({}))), works).moves).toEqual([]);
  return las.decide(stat(uses), works);
}

describe("las", () => {
  it("moves everything to the node with the least steal once its node is above the threshold", () => {
    const works = [workOn(0, { id: "a" }), workOn(0, { id: "b" })];
    const { moves, reason } = movesAfter([{ busy: 500, steal: 101 }, { steal: 50 }, { steal: 3 }], works);
    expect(moves).toEqual([
      { work: "a", from: 0, to: 2 },
      { work: "b", from: 0, to: 2 },
    ]);
    expect(reason).toBe("node 0 lost 101 ticks, threshold 100: everything to node 2, which lost 3");
  });

  it("stays at the threshold itself", () => {
    expect(movesAfter([{ steal: 100 }, {}])).toMatchObject({
      moves: [],
      reason: "node 0 lost 100 ticks, threshold 100: stays",
    });
  });

  it("ignores the steal of nodes where the work does not run", () => {
    expect(movesAfter([{ steal: 10 }, { steal: 900 }, {}]).moves).toEqual([]);
  });

  it("breaks ties towards the lowest number, and treats an idle node's 0 as no steal", () => {
    const { moves } = movesAfter([{ steal: 2 }, { steal: 0 }, { steal: 300 }, { steal: 0 }], [workOn(2)]);
    expect(moves).toEqual([{ work: "be", from: 2, to: 1 }]);
  });

  it("breaks ties towards the next node in cyclic order with `ties` 1", () => {
    const uses = [{ steal: 0 }, { steal: 0 }, { steal: 300 }, { steal: 2 }];
    expect(movesAfter(uses, [workOn(2)], { ties: 1 }).moves).toEqual([{ work: "be", from: 2, to: 0 }]);
    uses[3].steal = 0;
    expect(movesAfter(uses, [workOn(2)], { ties: 1 }).moves).toEqual([{ work: "be", from: 2, to: 3 }]);
  });

  it("stays where no node has less", () => {
    expect(movesAfter([{ steal: 400 }, { steal: 400 }], [workOn(1)]).reason).toBe(
      "node 1 lost 400 ticks, no node lost less: stays",
    );
  });

  it("confines work that ran on several nodes, and leaves work that is already on the target", () => {
    const works = [workOn(-1, { id: "wide" }), workOn(1, { id: "there" })];
    expect(movesAfter([{ steal: 400 }, { steal: 5 }], works).moves).toEqual([
      { work: "wide", from: -1, to: 1 },
    ]);
  });

  it("respects `threshold` and ignores work on nodes that do not exist", () => {
    expect(movesAfter([{ steal: 20 }, {}], [workOn(0)], { threshold: 19 }).moves).toHaveLength(1);
    expect(movesAfter([{ steal: 900 }, {}], [workOn(7), workOn(NaN)])).toMatchObject({
      moves: [],
      reason: "no work to move",
    });
  });

  it("never treats an unreadable node as the one with the least steal", () => {
    const stat = createStat();
    const las = createDecider("las", [[0], [5], [1]]);
    las.decide(stat([{}, {}]), [workOn(0)]);
    expect(las.decide(stat([{ steal: 500 }, { steal: 20 }]), [workOn(0)]).moves).toEqual([
      { work: "be", from: 0, to: 2 },
    ]);
  });
});
