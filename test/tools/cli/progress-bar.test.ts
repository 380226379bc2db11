import { describe, expect, it } from "vitest";
import { run } from "../../../src/tools/cli/run.js";
import { progressLine, withProgress } from "../../../src/tools/cli/progress-bar.js";
import { captureStreams, schedlab } from "./capture.js";

describe("withProgress", () => {
  it("gives no callback and writes nothing where standard error is not a terminal", async () => {
    const { streams, stderr } = captureStreams();
    expect(await withProgress(streams.stderr, (onProgress) => Promise.resolve(onProgress))).toBeUndefined();
    expect(stderr()).toBe("");
  });

  it("draws one line, phase after phase, and clears it", async () => {
    const { streams, stderr } = captureStreams({ terminal: true });
    await withProgress(streams.stderr, (onProgress) => {
      onProgress?.({ phase: "reading", done: 1, total: 4, unit: "files" });
      onProgress?.({ phase: "counting", done: 70, unit: "rows" });
      return Promise.resolve();
    });
    const lines = stderr().split("\r\u001b[K");
    expect(lines).toEqual([
      "",
      "reading [======                  ] 25 %, 1/4 files",
      "counting: 70 rows",
      "",
    ]);
  });

  it("clears the line where the work fails, and passes the error on", async () => {
    const { streams, stderr } = captureStreams({ terminal: true });
    const work = withProgress(streams.stderr, (onProgress) => {
      onProgress?.({ phase: "reading", done: 1, total: 2, unit: "files" });
      return Promise.reject(new Error("broken"));
    });
    await expect(work).rejects.toThrow("broken");
    expect(stderr().endsWith("\r\u001b[K")).toBe(true);
  });
});

describe("progressLine", () => {
  const RUNS = { phase: "simulating", total: 12, unit: "runs" };

  it("says nothing of the remaining time before anything is done", () => {
    expect(progressLine({ ...RUNS, done: 0 }, { seconds: 100, first: 0, width: 79 })).toBe(
      `simulating [${" ".repeat(24)}] 0 %, 0/12 runs`,
    );
  });

  it.each([
    // A quarter took 5 s: the rest takes 15 s.
    [{ ...RUNS, done: 3 }, { seconds: 5, first: 0 }, "25 %, 3/12 runs, 15 s left"],
    // Too early to tell.
    [{ ...RUNS, done: 3 }, { seconds: 0.5, first: 0 }, "25 %, 3/12 runs"],
    // Half of the fourth run, and its policy.
    [
      { ...RUNS, done: 3, part: 0.6, item: "ward" },
      { seconds: 3, first: 0 },
      "30 %, 3/12 runs (ward), 7 s left",
    ],
    // Half was there at the start: a quarter took 60 s, and so will the last one.
    [{ ...RUNS, done: 9 }, { seconds: 60, first: 0.5 }, "75 %, 9/12 runs, 1 min left"],
    [{ ...RUNS, done: 1 }, { seconds: 660, first: 0 }, "8 %, 1/12 runs, 3 h left"],
    [{ ...RUNS, done: 12 }, { seconds: 60, first: 0 }, "100 %, 12/12 runs"],
    [
      { phase: "reading", done: 1, total: 2, unit: "files", rows: 4e6 },
      { seconds: 2, first: 0 },
      "50 %, 1/2 files, 2000 thousand rows/s, 2 s left",
    ],
  ])("%j after %j: %s", (progress, elapsed, facts) => {
    const line = progressLine(progress, { ...elapsed, width: 100 });
    expect(line.slice(line.indexOf("]") + 2)).toBe(facts);
  });

  it("fits into the line: with a shorter bar, then cut", () => {
    const progress = { ...RUNS, done: 6, item: "thr-mmt-consolidate" };
    const line = (width: number): string => progressLine(progress, { seconds: 100, first: 0, width });
    expect(line(79)).toBe("simulating [========        ] 50 %, 6/12 runs (thr-mmt-consolidate), 2 min left");
    expect(line(40)).toBe("simulating [====    ] 50 %, 6/12 runs (t");
  });
});

describe("schedlab compare", () => {
  it("has one bar for all its runs, which never goes back", async () => {
    const { streams, stderr } = captureStreams({ terminal: true });

    const argv = ["compare", "synthetic", "--machines", "20", "--steps", "40", "--policy"];
    expect(await run([...argv, "no-migration,threshold,oracle"], streams)).toBe(0);
    const bars = stderr().match(/simulating \[[^\r]*/g)!;
    expect(bars[0]).toBe(`simulating [${" ".repeat(24)}] 0 %, 0/3 runs`);
    const shares = bars.map((bar) => Number(/(\d+) %/.exec(bar)![1]));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(stderr()).not.toMatch(/ 0 s left/);
    const { stderr: quiet } = await schedlab(...argv, "no-migration");
    expect(quiet).toBe("");
  });
});
