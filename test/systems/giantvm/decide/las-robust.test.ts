import { describe, expect, it } from "vitest";
import type { Work, WorkMove } from "../../../../src/systems/giantvm/decide/decider.js";
import { createDecider } from "../../../../src/systems/giantvm/decide/index.js";
import { createStat, workOn, type Use } from "./stat.js";

const STOLEN: Use = { busy: 700, steal: 300 };
const PROBED: Use = { busy: 15 };
const MIB = 2 ** 20;

/** Makes decisions over intervals and moves the work accordingly; returns the moves of each decision. */
function play(
  intervals: readonly (readonly Use[])[],
  { work = [workOn(0)], options = {} }: { work?: readonly Work[]; options?: Record<string, number> } = {},
): { moves: WorkMove[][]; reasons: string[] } {
  const stat = createStat();
  const decider = createDecider(
    "las-robust",
    intervals[0].map((_, cpu) => [cpu]),
    options,
  );
  const nodes = new Map(work.map(({ id, node }) => [id, node]));
  decider.decide(stat(intervals[0].map(() => ({}))), work);
  const decisions = intervals.map((uses) => {
    const decision = decider.decide(
      stat(uses),
      work.map((one) => ({ ...one, node: nodes.get(one.id)! })),
    );
    for (const move of decision.moves) nodes.set(move.work, move.to);
    return decision;
  });
  return { moves: decisions.map(({ moves }) => [...moves]), reasons: decisions.map(({ reason }) => reason) };
}

function repeat(times: number, uses: readonly Use[]): (readonly Use[])[] {
  return Array.from({ length: times }, () => uses);
}

describe("las-robust", () => {
  it("moves after three hot samples of five, to a cool node that the probe ran on", () => {
    const { moves, reasons } = play(repeat(4, [STOLEN, PROBED]));
    expect(moves).toEqual([[], [], [{ work: "be", from: 0, to: 1 }], []]);
    expect(reasons.slice(1, 4)).toEqual([
      "no hot node (steal 30.0 %, 0.0 %)",
      "hot: node 0 (steal 30.0 %, 0.0 %)",
      "hot: node 0 (steal 30.0 %, 0.0 %): the work runs elsewhere",
    ]);
  });

  it("tolerates a burst: half-life of three samples, three hot of five", () => {
    // From 12 % the smoothed share decays to 9.5, 7.6, ...; after a second burst it is 12 and 9.5 again: two
    // hot samples.
    const calm: Use = { busy: 1000 };
    const burst: Use = { busy: 880, steal: 120 };
    expect(play([[burst, PROBED], ...repeat(9, [calm, PROBED])]).moves.flat()).toEqual([]);
    expect(play([...repeat(2, [burst, PROBED]), ...repeat(9, [calm, PROBED])]).moves.flat()).toEqual([]);
    expect(play(repeat(3, [burst, PROBED])).moves.flat()).toHaveLength(1);
  });

  it("does not move to a node on which nothing ran, unless `unknown` is 0", () => {
    const idle = repeat(6, [STOLEN, {}]);
    const { moves, reasons } = play(idle);
    expect(moves.flat()).toEqual([]);
    expect(reasons.at(-1)).toBe("hot: node 0 (steal 30.0 %, unknown): no node is worth the move");
    expect(play(idle, { options: { unknown: 0 } }).moves.flat()).toHaveLength(1);
  });

  it("forgets a node after maxAge samples without a reading", () => {
    const after = (age: number): WorkMove[] =>
      play([[{ busy: 900 }, PROBED], ...repeat(age, [{ busy: 900 }, {}]), ...repeat(2, [STOLEN, {}])], {
        options: { maxAge: 6, hotSamples: 1, halfLife: 0.01, cooldown: 1 },
      }).moves.flat();
    expect(after(5)).toHaveLength(1);
    expect(after(6)).toEqual([]);
  });

  it("needs a target below `cool`", () => {
    const lukewarm: Use = { busy: 48, steal: 2 };
    expect(play(repeat(5, [STOLEN, lukewarm])).moves.flat()).toEqual([]);
    expect(play(repeat(5, [STOLEN, lukewarm]), { options: { cool: 0.05 } }).moves.flat()).toHaveLength(1);
  });

  it("needs a target with room for the work", () => {
    // The work wants 0.7 / 0.7 = 1 CPU; beside 0.5 CPU of other work it would get two thirds.
    expect(
      play(repeat(5, [STOLEN, { busy: 500 }]), { work: [workOn(0, { cpu: 0.7 })] }).moves.flat(),
    ).toEqual([]);
    expect(
      play(repeat(5, [STOLEN, { busy: 100 }]), { work: [workOn(0, { cpu: 0.7 })] }).moves.flat(),
    ).toHaveLength(1);
  });

  it("weighs the gained CPU time against the transfer time of the working set", () => {
    // The gain is 0.3 * 60 s of its CPU; 18 s at 501 MiB/s transfer 9018 MiB.
    const moves = (mib: number): number =>
      play(repeat(3, [STOLEN, PROBED]), {
        work: [workOn(0, { cpu: 0.7, workingSet: mib * MIB })],
      }).moves.flat().length;
    // The probe's 15 of 1000 ticks leave 0.985 of the CPU: the predicted loss there is 1 - 1 / 1.015 =
    // 0.0148.
    const worth = (0.3 - (1 - 1 / 1.015)) * 60 * 501;
    expect(moves(Math.floor(worth))).toBe(1);
    expect(moves(Math.ceil(worth))).toBe(0);
  });

  it("moves the cheapest work first and stops once the node is predicted to be below `hot`", () => {
    // 1 CPU is wanted and 0.3 stolen; the host's own work takes 0.3, so without b (0.4 wanted) nothing is
    // stolen.
    const work = [
      workOn(0, { id: "a", cpu: 0.42, workingSet: 900 * MIB }),
      workOn(0, { id: "b", cpu: 0.28, workingSet: 90 * MIB }),
    ];
    expect(play(repeat(3, [STOLEN, PROBED]), { work }).moves.flat()).toEqual([{ work: "b", from: 0, to: 1 }]);
  });

  it("makes no more moves at a time than `moves`", () => {
    const work = ["a", "b", "c"].map((id) => workOn(0, { id, cpu: 0.1 }));
    const stolen: Use = { busy: 300, steal: 700 };
    const count = (moves: number): number =>
      play(repeat(3, [stolen, PROBED, PROBED]), { work, options: { moves } }).moves[2].length;
    expect([count(1), count(2)]).toEqual([1, 2]);
  });

  it("keeps moved work on its node for `cooldown` decisions, twice as long after a return", () => {
    // Steal follows the work: its node becomes hot at once, the other node has no steal.
    const options = { hotSamples: 1, samples: 1, halfLife: 0.01, cooldown: 3 };
    const stat = createStat();
    const decider = createDecider("las-robust", [[0], [1]], options);
    let node = 0;
    const movedAt: number[] = [];
    decider.decide(stat([{}, {}]), [workOn(0)]);
    for (let decision = 1; decision <= 70; decision++) {
      const uses = [0, 1].map((one) => (one === node ? STOLEN : PROBED));
      const { moves } = decider.decide(stat(uses), [workOn(node)]);
      for (const { to } of moves) {
        node = to;
        movedAt.push(decision);
      }
    }
    // Stays of 3, then 6, 12, 24: every move after the first is a return.
    expect(movedAt).toEqual([1, 4, 10, 22, 46]);
  });

  it("ignores invalid work", () => {
    const work = [
      workOn(0, { id: "a", cpu: NaN }),
      workOn(0, { id: "b", workingSet: NaN }),
      workOn(0, { id: "c", cpu: -1 }),
      workOn(9, { id: "d" }),
      workOn(0.5, { id: "e" }),
    ];
    const { moves, reasons } = play(repeat(4, [STOLEN, PROBED]), { work });
    expect(moves.flat()).toEqual([]);
    expect(reasons.at(-1)).toMatch(/: no work to move$/);
  });

  it("does not depend on the order of the work", () => {
    const work = [workOn(0, { id: "b", cpu: 0.3 }), workOn(0, { id: "a", cpu: 0.3 })];
    const forth = play(repeat(3, [STOLEN, PROBED]), { work }).moves;
    expect(forth.flat()).toEqual([{ work: "a", from: 0, to: 1 }]);
    expect(play(repeat(3, [STOLEN, PROBED]), { work: [...work].reverse() }).moves).toEqual(forth);
  });
});
