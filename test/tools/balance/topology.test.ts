import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatCpuList, isSameCpuList, parseCpuList } from "../../../src/tools/balance/cpu-list.js";
import { nodeOf, parseNodes, readNodes } from "../../../src/tools/balance/topology.js";

describe("CPU lists", () => {
  it("are read as Linux writes them", () => {
    expect(parseCpuList("0-3,8,10-11\n")).toEqual([0, 1, 2, 3, 8, 10, 11]);
    expect(parseCpuList("\n")).toEqual([]);
    expect(parseCpuList("3,1,3")).toEqual([1, 3]);
  });

  it.each(["0-", "-1", "3-1", "a", "0,,1", "0 1", "0x1", "1.5", "99999999", "0-99999"])(
    "refuse %s",
    (text) => {
      expect(parseCpuList(text)).toBeUndefined();
    },
  );

  it("are written with ranges, and can be read back", () => {
    expect(formatCpuList([8, 0, 1, 2, 3, 10])).toBe("0-3,8,10");
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(300)), (cpus) => {
        expect(parseCpuList(formatCpuList(cpus))).toEqual([...cpus].sort((a, b) => a - b));
      }),
    );
  });

  it("are compared independently of their notation", () => {
    expect([isSameCpuList("0,1,2", "0-2"), isSameCpuList("0", "0-1"), isSameCpuList("x", "x")]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

/** A machine with three NUMA nodes, the last with only memory; CPU 5 is offline. */
describe("nodes", () => {
  let sys: string;
  beforeAll(() => {
    sys = mkdtempSync(join(tmpdir(), "schedlab-sys-"));
    const lists = { node10: "4-5", node0: "0-1", node1: "2-3", node2: "" };
    for (const [name, list] of Object.entries(lists)) {
      mkdirSync(join(sys, "devices/system/node", name), { recursive: true });
      writeFileSync(join(sys, "devices/system/node", name, "cpulist"), `${list}\n`);
    }
    writeFileSync(join(sys, "devices/system/node/possible"), "0-10\n");
    mkdirSync(join(sys, "devices/system/cpu"), { recursive: true });
    writeFileSync(join(sys, "devices/system/cpu/online"), "0-4\n");
  });
  afterAll(() => {
    rmSync(sys, { recursive: true });
  });

  it("are the machine's, without nodes without CPUs and without offline CPUs", () => {
    expect(readNodes(sys)).toEqual([
      { cpus: [0, 1], memory: "0" },
      { cpus: [2, 3], memory: "1" },
      { cpus: [4], memory: "10" },
    ]);
    expect(() => readNodes(join(sys, "none"))).toThrow(
      /^no NUMA nodes in .*; give the CPUs of each node with --nodes/,
    );
  });

  it("are given by the user, with the memory of the NUMA nodes of their CPUs", () => {
    expect(parseNodes("0+2,1+3-4", sys)).toEqual([
      { cpus: [0, 2], memory: "0-1" },
      { cpus: [1, 3, 4], memory: "0-1,10" },
    ]);
  });

  it.each([
    ["0-", "0- is not a list of CPUs"],
    ["0,,1", "a node is empty"],
    ["", "a node is empty"],
    ["0-1,1-2", "CPU 1 is on node 0 and on node 1"],
    ["0,4-6", "CPU 5-6 is not online; the online CPUs are 0-4"],
  ])("refuse %j", (text, message) => {
    expect(() => parseNodes(text, sys)).toThrow(message);
  });

  it("contain work that is on only one of them", () => {
    const nodes = [
      { cpus: [0, 1], memory: "0" },
      { cpus: [2, 3], memory: "1" },
    ];
    expect([[0], [2, 3], [1, 2], [], [9], [3, 9]].map((cpus) => nodeOf(cpus, nodes))).toEqual([
      0, 1, -1, -1, -1, 1,
    ]);
  });
});
