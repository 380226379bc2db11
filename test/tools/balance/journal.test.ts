import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openJournal, restoreLeftovers } from "../../../src/tools/balance/journal.js";
import type { SavedGroup, Target } from "../../../src/tools/balance/target.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "schedlab-journal-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A group that does not exist, so restoring it does nothing. `save` can inspect the journal on disk. */
function goneGroup(path: string, onSave: () => void = () => undefined): Target {
  const saved: SavedGroup = { kind: "group", path, inode: 1, cpus: "0-1", mems: "0", threads: [] };
  return {
    id: path,
    claim: { kind: "group", path, inode: 1 },
    processes: () => [],
    cpus: () => undefined,
    save: () => {
      onSave();
      return saved;
    },
    confine: () => undefined,
  };
}

interface Content {
  readonly owner: { readonly pid: number; readonly start: number };
  readonly boot: string;
  readonly claims: unknown[];
  readonly saved: unknown[];
}

function contents(): Content[] {
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Content);
}

/** Turns the only journal into one of a dead process, whose pid now belongs to another process. */
function kill(change: Partial<Content> = {}): void {
  const [name] = readdirSync(folder);
  const [content] = contents();
  const owner = { ...content.owner, start: content.owner.start + 1 };
  writeFileSync(join(folder, name), JSON.stringify({ ...content, owner, ...change }));
}

describe("the journal", () => {
  it("has the claim before anything is read, and the original state before anything is changed", () => {
    let claimed: Content[] = [];
    const journal = openJournal(folder, [goneGroup("/batch", () => (claimed = contents()))]);
    expect(claimed).toMatchObject([{ claims: [{ path: "/batch" }], saved: [] }]);
    expect(contents()).toMatchObject([
      { owner: { pid: process.pid }, saved: [{ path: "/batch", cpus: "0-1" }] },
    ]);
    expect(journal.restore()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ["/batch", "/batch", true],
    ["/batch", "/batch/child", true],
    ["/batch/child", "/batch", true],
    ["/batch", "/batch2", false],
  ])("of %s keeps another instance off %s: %s", (mine, theirs, isRefused) => {
    openJournal(folder, [goneGroup(mine)]);
    const open = (): unknown => openJournal(folder, [goneGroup(theirs)]);
    if (isRefused) expect(open).toThrow(`group ${mine} is being balanced by process ${process.pid} (`);
    else expect(open).not.toThrow();
    // The refused instance leaves no file.
    expect(readdirSync(folder)).toHaveLength(isRefused ? 1 : 2);
  });

  it("refuses the same target twice", () => {
    const targets = [goneGroup("/batch/child"), goneGroup("/batch")];
    expect(() => openJournal(folder, targets)).toThrow(
      "group /batch is given twice, or together with a group above",
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it("of a dead instance is restored first, then removed", () => {
    openJournal(folder, [goneGroup("/batch")]);
    kill();
    const lines: string[] = [];
    openJournal(folder, [goneGroup("/batch")], (line) => lines.push(line));
    expect(lines).toEqual(["group /batch is gone: nothing to restore"]);
    expect(contents().map(({ owner }) => owner.pid)).toEqual([process.pid]);
  });

  it("from before a reboot is dropped, because its changes no longer exist", () => {
    openJournal(folder, [goneGroup("/batch")]);
    kill({ boot: "another" });
    const lines: string[] = [];
    expect(restoreLeftovers(folder, (line) => lines.push(line))).toBe(1);
    expect([lines, readdirSync(folder)]).toEqual([[], []]);
  });

  it("of a running instance is not changed by a restore", () => {
    openJournal(folder, [goneGroup("/batch")]);
    expect(restoreLeftovers(folder, () => undefined)).toBe(0);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(restoreLeftovers(join(folder, "none"), () => undefined)).toBe(0);
  });

  it("leaves no claim where a target could not be read", () => {
    const broken = goneGroup("/batch", () => {
      throw new Error("no");
    });
    expect(() => openJournal(folder, [broken])).toThrow("no");
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(!existsSync("/proc/self"))("does not wait for a folder that procfs cannot create", () => {
    const open = (): unknown => openJournal("/proc/schedlab-none/below", [goneGroup("/batch")]);
    expect(open).toThrow("no such folder; check the path");
  });

  it("is refused where it is damaged, and a folder that cannot be created is named", () => {
    writeFileSync(join(folder, "balance-1-x.json"), "{");
    expect(() => openJournal(folder, [goneGroup("/batch")])).toThrow(
      /^invalid journal .*balance-1-x\.json: /,
    );
    expect(readdirSync(folder)).toEqual(["balance-1-x.json"]);
    writeFileSync(join(folder, "file"), "");
    expect(() => openJournal(join(folder, "file/below"), [goneGroup("/batch")])).toThrow(
      /^cannot write the journal, which is needed to restore after a crash: cannot write .*; give another folder with --journal$/,
    );
  });
});
