import { describe, expect, it } from "vitest";
import { withProgress } from "../../../src/tools/cli/progress-bar.js";
import { captureStreams } from "./capture.js";

describe("withProgress", () => {
  it("gives no callback and writes nothing where standard error is not a terminal", async () => {
    const { streams, stderr } = captureStreams();
    expect(await withProgress(streams.stderr, (onProgress) => Promise.resolve(onProgress))).toBeUndefined();
    expect(stderr()).toBe("");
  });

  it("draws one bar per phase on a terminal, with the remaining time, and clears it", async () => {
    const { streams, stderr } = captureStreams({ terminal: true });
    const before = process.listenerCount("SIGINT");
    await withProgress(streams.stderr, (onProgress) => {
      onProgress?.({ phase: "reading", done: 1, total: 4, unit: "files" });
      expect(process.listenerCount("SIGINT")).toBe(before);
      onProgress?.({ phase: "counting", done: 70, unit: "rows" });
      return Promise.resolve();
    });
    expect(stderr()).toMatch(/reading \[={6} {18}\] 25 %, 1\/4 files, \S+ left/);
    expect(stderr()).toContain("counting: 70 rows");
    await withProgress(streams.stderr, async (onProgress) => {
      onProgress?.({ phase: "scanning", done: 0, total: 2, unit: "files", rows: 0 });
      await new Promise((end) => setTimeout(end, 120));
      onProgress?.({ phase: "scanning", done: 1, total: 2, unit: "files", rows: 1e6 });
      await new Promise((end) => setTimeout(end, 120));
    });
    expect(stderr()).toMatch(/1\/2 files, \d+ thousand rows\/s, \S+ left/);
    expect(stderr().trimEnd().endsWith("\u001b[2K")).toBe(true);
  });

  it("clears the bar where the work fails, and passes the error on", async () => {
    const { streams, stderr } = captureStreams({ terminal: true });
    const work = withProgress(streams.stderr, (onProgress) => {
      onProgress?.({ phase: "reading", done: 1, total: 2, unit: "files" });
      return Promise.reject(new Error("broken"));
    });
    await expect(work).rejects.toThrow("broken");
    expect(stderr().trimEnd().endsWith("\u001b[2K")).toBe(true);
  });
});
