import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseProcStat } from "../../../src/tools/balance/proc-stat.js";
import { idleCpu } from "../../systems/giantvm/decide/stat.js";

const REAL = `cpu  794844 87 79890 1386935 3882 0 1168 243 0 0
cpu0 389967 34 37431 705059 632 1 253 121 5 6
cpu1 404877 52 42459 681876 3250 2 915 122 0 0
intr 8808203 0 0 25
ctxt 27811453
btime 1795437041
`;

function cpusOf(text: string): number[] {
  return parseProcStat(text, 0).cpus.map(({ cpu }) => cpu);
}

describe("parseProcStat", () => {
  it("reads the columns up to steal and leaves out the sum, guest time and other lines", () => {
    expect(parseProcStat(REAL, 7)).toEqual({
      seconds: 7,
      cpus: [
        {
          cpu: 0,
          user: 389967,
          nice: 34,
          system: 37431,
          idle: 705059,
          iowait: 632,
          irq: 1,
          softirq: 253,
          steal: 121,
        },
        {
          cpu: 1,
          user: 404877,
          nice: 52,
          system: 42459,
          idle: 681876,
          iowait: 3250,
          irq: 2,
          softirq: 915,
          steal: 122,
        },
      ],
    });
  });

  it("orders CPUs by number, with gaps", () => {
    expect(cpusOf("cpu10 0 0 0 0 0 0 0 0\ncpu2 0 0 0 0 0 0 0 0\n")).toEqual([2, 10]);
    expect(parseProcStat("cpu3 0 0 0 0 0 0 0 0\n", 0).cpus).toEqual([idleCpu(3)]);
  });

  it.each([
    ["without steal, as before Linux 2.6.11", "cpu0 1 2 3 4 5 6 7\n"],
    ["cut short in a number, without a line feed", "cpu0 1 2 3 4 5 6 7 8"],
    ["with a word", "cpu0 1 2 x 4 5 6 7 8\n"],
    ["with a sign", "cpu0 1 2 -3 4 5 6 7 8\n"],
    ["with a fraction", "cpu0 1 2 3.5 4 5 6 7 8\n"],
    ["with more than a number holds", "cpu0 1 2 3 4 5 6 7 99999999999999999\n"],
    ["there twice", "cpu0 1 2 3 4 5 6 7 8\ncpu0 1 2 3 4 5 6 7 9\n"],
    ["with no columns", "cpu0\n"],
    ["of another name", "cpux 1 2 3 4 5 6 7 8\ncpu0x 1 2 3 4 5 6 7 8\n"],
  ])("leaves out a CPU %s", (_, text) => {
    expect(cpusOf(text)).toEqual([]);
    expect(cpusOf(`cpu7 0 0 0 0 0 0 0 0\n${text}`)).toEqual([7]);
  });

  it("reads all complete lines of a text truncated anywhere, and never throws", () => {
    fc.assert(
      fc.property(fc.nat(REAL.length), (length) => {
        const text = REAL.slice(0, length);
        const whole = text
          .split("\n")
          .slice(0, -1)
          .filter((line) => /^cpu\d/.test(line));
        expect(cpusOf(text)).toHaveLength(whole.length);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => parseProcStat(`cpu0 ${text}\n`, 0).cpus.length <= 1));
  });
});
