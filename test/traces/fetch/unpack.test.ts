import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import { unpack } from "../../../src/traces/fetch/unpack.js";
import { tarGz, zip } from "./archives.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-unpack-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function unpackBytes(name: string, bytes: Buffer, targets: readonly string[]): Promise<void> {
  await writeFile(join(folder, name), bytes);
  await unpack(join(folder, name), folder, targets);
}

async function refusal(name: string, bytes: Buffer, targets: readonly string[]): Promise<string> {
  const error: unknown = await unpackBytes(name, bytes, targets).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).not.toContain("\n");
  return (error as InputError).message;
}

describe("unpack", () => {
  it("takes folders out of a tar archive at whatever depth, and leaves the rest", async () => {
    const files = { "a/rnd/2013-7/1.csv": "one", "a/rnd/2": "two", "a/rnd2/3": "three", rnd: "four" };
    await unpackBytes("set.tar.gz", await tarGz(files), ["rnd"]);
    expect(await readdir(folder)).toEqual(["rnd"]);
    expect(await readFile(join(folder, "rnd/2013-7/1.csv"), "utf8")).toBe("one");
    expect((await readdir(join(folder, "rnd"))).sort()).toEqual(["2", "2013-7"]);
  });

  it.each([["rnd/2013-7/1.csv"], ["2013-7/1.csv"]])("takes a zip of %s for the folder rnd", async (path) => {
    await unpackBytes("set.zip", zip({ [path]: "one" }), ["rnd"]);
    expect(await readdir(folder, { recursive: true })).toEqual(["rnd", "rnd/2013-7", "rnd/2013-7/1.csv"]);
  });

  it("packs one file of a tar archive again, longer than any buffer", async () => {
    const text = "1,2,3\n".repeat(100_000);
    await unpackBytes("t.tar.gz", await tarGz({ "x/other.csv": "?", "x/t.csv": text, "y.csv": "?" }), [
      "t.csv.gz",
    ]);
    expect(await readdir(folder)).toEqual(["t.csv.gz"]);
    expect(gunzipSync(await readFile(join(folder, "t.csv.gz"))).toString()).toBe(text);
  });

  it("begins anew where an earlier attempt was killed", async () => {
    await mkdir(join(folder, "day.tmp"));
    await writeFile(join(folder, "day.tmp/left"), "half");
    await unpackBytes("d.tar.gz", await tarGz({ "r/day/vm": "5\n" }), ["day"]);
    expect(await readdir(folder, { recursive: true })).toEqual(["day", "day/vm"]);
  });

  it.each([
    ["lacks what it should hold", { "x.csv": "1" }, /\(now removed\): it lacks t\.csv; try again/],
    ["leads out of the folder", { "day/../../t.csv": "1" }, /\(now removed\): (a path leads out|invalid)/],
    ["has an absolute path", { "/t.csv": "1" }, /\(now removed\): (a path leads out|absolute path)/],
  ])("refuses an archive that %s", async (_, files, message) => {
    expect(await refusal("a.tar.gz", await tarGz(files), ["t.csv.gz"])).toMatch(message);
    expect(await refusal("a.zip", zip(files), ["t.csv.gz"])).toMatch(message);
    expect(await readdir(folder)).toEqual([]);
  });

  it("refuses an archive cut short at any place", async () => {
    const archives = {
      "a.tar.gz": await tarGz({ "day/vm": "5\n6\n" }),
      "a.zip": zip({ "day/vm": "5\n6\n" }),
    };
    for (const [name, bytes] of Object.entries(archives)) {
      for (let length = 0; length < bytes.length; length += 7) {
        expect(await refusal(name, bytes.subarray(0, length), ["day"])).toMatch(/^cannot unpack /);
        expect(await readdir(folder)).toEqual([]);
      }
    }
  });
});
