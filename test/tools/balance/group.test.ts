import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { groupTarget, restoreGroup } from "../../../src/tools/balance/group.js";

const NODES = [
  { cpus: [0, 1], memory: "0" },
  { cpus: [2, 3], memory: "1" },
];

/** Plain files in the layout of a cgroup file system: a root with CPUs 0-3 and a group below it. */
let root: string;
let group: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "schedlab-cgroup-"));
  group = join(root, "batch");
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

function makeVersion2(cpus = ""): void {
  write(root, { "cgroup.procs": "", "cgroup.controllers": "cpuset\n", "cpuset.cpus.effective": "0-3\n" });
  write(group, {
    "cgroup.procs": "",
    "cgroup.controllers": "cpuset\n",
    "cpuset.cpus": `${cpus}\n`,
    "cpuset.mems": "\n",
  });
}

function makeVersion1(): void {
  write(root, { "cgroup.procs": "", "cpuset.cpus": "0-3\n" });
  write(group, { "cgroup.procs": "", "cpuset.cpus": "0-3\n", "cpuset.mems": "0-1\n" });
}

function read(file: string): string {
  return readFileSync(join(group, file), "utf8");
}

describe("a control group", () => {
  it.each([
    ["version 1", makeVersion1, "0-3\n", "0-1\n"],
    ["version 2, with nothing of its own", makeVersion2, "\n", "\n"],
  ])("of %s is confined and restored", (_, make, cpus, mems) => {
    make();
    const target = groupTarget(group, NODES);
    const saved = target.save();
    expect([read("cpuset.cpus"), read("cpuset.mems")]).toEqual([cpus, mems]);
    target.confine(NODES[1]);
    expect([read("cpuset.cpus"), read("cpuset.mems"), target.cpus()]).toEqual(["2,3\n", mems, [2, 3]]);
    expect(saved.kind === "group" && restoreGroup(saved)).toBe(true);
    expect([read("cpuset.cpus"), read("cpuset.mems")]).toEqual([cpus, mems]);
  });

  it("is also confined in memory on request", () => {
    makeVersion1();
    const target = groupTarget(group, NODES, { memory: true });
    const saved = target.save();
    target.confine(NODES[1]);
    expect(read("cpuset.mems")).toBe("1\n");
    if (saved.kind === "group") restoreGroup(saved);
    expect(read("cpuset.mems")).toBe("0-1\n");
  });

  it("reports where it got other CPUs than requested", () => {
    makeVersion2("0-3");
    write(group, { "cpuset.cpus.effective": "2\n" });
    const target = groupTarget(group, NODES);
    expect(() => {
      target.confine(NODES[1]);
    }).toThrow(/^cannot confine group .* to CPUs 2,3: it got 2; a group above it has other CPUs$/);
  });

  it("that was created again under its name is not changed", () => {
    makeVersion2("0-3");
    const target = groupTarget(group, NODES);
    const saved = target.save();
    rmSync(group, { recursive: true });
    expect([target.cpus(), target.processes()]).toEqual([undefined, []]);
    if (saved.kind === "group") {
      expect(restoreGroup(saved)).toBe(false);
      makeVersion2("1");
      expect(restoreGroup({ ...saved, inode: saved.inode + 1 })).toBe(false);
    }
    expect(read("cpuset.cpus")).toBe("1\n");
  });

  it.each<[string, () => void, RegExp]>([
    ["is not there", () => undefined, /^no group .*batch; make it with mkdir/],
    [
      "is a plain folder",
      () => {
        mkdirSync(group);
      },
      /it is not a control group; give a folder below a cgroup mount$/,
    ],
    [
      "is the root",
      () => {
        write(group, { "cgroup.procs": "" });
      },
      /it is the root, which holds all processes/,
    ],
    [
      "has no cpuset",
      () => {
        makeVersion2();
        rmSync(join(group, "cpuset.cpus"));
      },
      /has no cpuset: enable it with echo \+cpuset > .*cgroup\.subtree_control$/,
    ],
    [
      "holds this process",
      () => {
        makeVersion2();
        write(group, { "cgroup.procs": `${process.pid}\n` });
      },
      /schedlab itself is in it; start schedlab outside the group$/,
    ],
    [
      "may not use a CPU of a node",
      () => {
        makeVersion2();
        write(root, { "cpuset.cpus.effective": "0-2\n" });
      },
      /to CPU 3: the group above it has CPUs 0-2; leave the CPU out of --nodes$/,
    ],
    [
      "is of version 1 and has groups below it",
      () => {
        makeVersion1();
        mkdirSync(join(group, "child"));
      },
      /it has groups below it, whose CPUs a cpuset of version 1 must contain; give those groups instead$/,
    ],
  ])("is refused where it %s", (_, make, message) => {
    make();
    expect(() => groupTarget(group, NODES)).toThrow(message);
  });
});
