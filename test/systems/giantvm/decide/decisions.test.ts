import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../../../src/tools/cli/run.js";
import {
  decisionsLine,
  openLineFile,
  readDecisions,
  type DecisionsHeader,
  type LoggedDecision,
} from "../../../../src/systems/giantvm/decide/decisions.js";
import { readRecording, recordingLine } from "../../../../src/tools/balance/recording.js";
import { captureStreams } from "../../../tools/cli/capture.js";
import { workOn } from "./stat.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "schedlab-decisions-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const HEADER: DecisionsHeader = {
  schedlab: "0.1.0",
  policy: "las",
  parameters: { threshold: 100 },
  nodes: [[0], [1]],
  interval: 10,
  source: "live",
  dryRun: false,
  began: "2026-01-01T00:00:00.000Z",
};
const DECISION: LoggedDecision = {
  seconds: 10,
  readings: [
    { stealTicks: 120, stealShare: 0.5, busyShare: 0.12 },
    { stealTicks: NaN, stealShare: NaN, busyShare: NaN },
  ],
  work: [workOn(0)],
  moves: [{ work: "be", from: 0, to: 1, error: "no" }],
  reason: "why",
};

describe("the log of decisions", () => {
  it("is read back as it was written, with unknown readings as NaN", () => {
    const path = join(folder, "new/folder/log.jsonl");
    const log = openLineFile(path);
    log.write(decisionsLine(HEADER));
    log.write(decisionsLine(DECISION));
    log.close();
    expect(readDecisions(path)).toEqual({ header: HEADER, decisions: [DECISION] });
  });

  it("loses at most the line that a kill truncated", () => {
    const text = decisionsLine(HEADER) + decisionsLine(DECISION);
    for (const length of [text.length - 1, decisionsLine(HEADER).length])
      expect(readDecisions(file("cut.jsonl", text.slice(0, length))).decisions).toEqual([]);
  });

  it.each([
    ["empty", "", "not a log of decisions"],
    ["of another thing", '{"a":1}\n', "not a log of decisions"],
    ["null", "null\n", "not a log of decisions"],
    ["no JSON", `${decisionsLine(HEADER)}oops\n`, "log.jsonl:2: invalid JSON"],
    ["without decisions", `${decisionsLine(HEADER)}{}\n`, "log.jsonl:2: not a decision"],
  ])("says what is wrong with a file that is %s", (_, text, message) => {
    expect(() => readDecisions(file("log.jsonl", text))).toThrow(message);
  });
});

const STAT = "cpu  1 1 1 1 1 1 1 1\ncpu0 10 0 0 90 0 0 0 5 0 0\n";

describe("a recording", () => {
  it("is read back without the other lines of /proc/stat", () => {
    const path = file("rec.jsonl", recordingLine(2.5, `${STAT}intr 5\n`, [workOn(1)]) + '{"seconds": 3');
    const cpus = [
      { cpu: 0, user: 10, nice: 0, system: 0, idle: 90, iowait: 0, irq: 0, softirq: 0, steal: 5 },
    ];
    expect(readRecording(path, 10)).toEqual([{ sample: { seconds: 2.5, cpus }, work: [workOn(1)] }]);
    expect(readFileSync(path, "utf8")).not.toContain("intr");
  });

  it("can be repeated texts of /proc/stat, beginning in the middle of one", () => {
    const samples = readRecording(file("plain.txt", `softirq 1 2\n${STAT}intr 5\n${STAT}`), 4).map(
      ({ sample }) => sample,
    );
    expect(samples.map(({ seconds, cpus }) => [seconds, cpus.length])).toEqual([
      [0, 1],
      [4, 1],
    ]);
  });

  it.each([
    ["", "empty recording"],
    ["  \n", "empty recording"],
    ['{"seconds": 1', "its only line is incomplete"],
    ['{"seconds": "1", "stat": ""}\n', ":1: invalid sample"],
    ['{"seconds": 1, "stat": "", "work": [{"id": 3}]}\n', ":1: invalid sample"],
    ["hello\n", "it must contain JSON lines from --record, or repeated texts of /proc/stat"],
  ])("is refused where it is %j", (text, message) => {
    expect(() => readRecording(file("bad.txt", text), 10)).toThrow(message);
  });

  it("can be replayed without real work, on simulated work", async () => {
    const stolen = (steal: number): string =>
      `cpu  1\ncpu0 0 0 0 0 0 0 0 ${steal}\ncpu1 0 0 0 ${steal} 0 0 0 0\n`;
    const path = file("paper.txt", stolen(0) + stolen(101) + stolen(202) + stolen(303));
    const { streams, stdout, stderr } = captureStreams();
    const code = await run(["balance", "--replay", path, "--nodes", "0,1", "--policy", "las"], streams);
    expect([code, stderr()]).toEqual([0, ""]);
    expect(stdout()).toBe(
      "0.0 s  steal ? ?  no reading of the node where the work runs\n" +
        "10.0 s  steal 101 0  node 0 lost 101 ticks, threshold 100: everything to node 1, which lost 0; " +
        "moved work from node 0 to node 1\n" +
        "20.0 s  steal 101 0  node 1 lost 0 ticks, threshold 100: stays\n" +
        "30.0 s  steal 101 0  node 1 lost 0 ticks, threshold 100: stays\n" +
        "1 move decided, none made\n",
    );
  });
});
