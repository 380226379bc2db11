import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { badValue, readLines } from "../../src/trace/lines.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-lines-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Numbers are rows, "#" begins a comment. */
async function read(
  bytes: Uint8Array | string,
  onError: "fail" | "skip" = "fail",
  name = "a.txt",
): Promise<{ taken: string[]; skippedRows: number }> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  const taken: string[] = [];
  const visit = (line: string): boolean => {
    if (line.startsWith("#")) return false;
    if (!/^\d+$/.test(line)) throw badValue("n", line, "is not a number");
    taken.push(line);
    return true;
  };
  const { skippedRows } = await readLines(path, visit, { name, onError });
  return { taken, skippedRows };
}

describe("readLines", () => {
  it("takes LF and CRLF, a byte order mark, comments and a last line without an end", async () => {
    const { taken, skippedRows } = await read("\uFEFF1\r\n# two\n3\n4");
    expect(taken).toEqual(["1", "3", "4"]);
    expect(skippedRows).toBe(0);
  });

  it("names the line and column of a bad row, or counts it", async () => {
    await expect(read("1\nx\n")).rejects.toThrow(
      'a.txt, line 2, column "n": value "x" is not a number; correct the row, or leave it out with --on-error skip',
    );
    expect(await read("1\nx\n2\n", "skip")).toEqual({ taken: ["1", "2"], skippedRows: 1 });
  });

  it("names the bad row also where the rest of the gzip file is missing, and the file where no row is bad", async () => {
    const numbers = Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 100_003).join("\n");
    const cut = (text: string): Uint8Array => {
      const whole = gzipSync(text);
      return whole.subarray(0, whole.length - 100);
    };
    await expect(read(cut(`1\nx\n${numbers}`), "fail", "b.gz")).rejects.toThrow('b.gz, line 2, column "n"');
    await expect(read(cut(numbers), "fail", "c.gz")).rejects.toThrow("truncated gzip file c.gz");
  });
});
