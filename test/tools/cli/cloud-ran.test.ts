import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { fromCSV } from "arquero";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SUBFRAME_POLICIES } from "../../../src/systems/cloud-ran/index.js";
import { schedlab } from "./capture.js";

let file: string;
beforeAll(async () => {
  file = join(await mkdtemp(join(tmpdir(), "schedlab-cloud-ran-")), "loads.txt");
});
afterAll(async () => {
  await rm(join(file, ".."), { recursive: true });
});

describe("schedlab cloud-ran", () => {
  it("prints a row for each rule, number of cores and round trip; the same with --json and --csv", async () => {
    // One subframe in four has MCS 27, which partitioned gives up from RTT/2 = 397 us on.
    await writeFile(file, "load\n0\n1\n0\n0\n");
    const command = [
      "cloud-ran",
      file,
      "--cells",
      "2",
      "--rtt",
      "780,800",
      "--policy",
      "partitioned,rt-opex",
    ];
    const { code, stdout } = await schedlab(...command);
    expect(code).toBe(0);
    expect(stdout.split("\n").filter((line) => line.startsWith("partitioned"))).toHaveLength(2);
    expect(stdout).toContain("2 cells of 2 antennas, 4 subframes each");
    const json = JSON.parse((await schedlab(...command, "--json")).stdout) as Record<string, number>[];
    expect(json.map(({ policy, halfRtt, missRate }) => [policy, halfRtt, missRate])).toEqual([
      ["partitioned", 390, 0],
      ["partitioned", 400, 0.25],
      ["rt-opex", 390, 0],
      ["rt-opex", 400, 0],
    ]);
    const csv = fromCSV((await schedlab(...command, "--csv")).stdout);
    expect(csv.array("missRate")).toEqual([0, 0.25, 0, 0]);
  });

  it("draws loads, takes parameters of the model and of a rule, and prints the rules", async () => {
    const given = ["--slots", "50", "--cores", "4,8", "--set", "slot=500", "--set", "budget=1000", "--json"];
    const { code, stdout } = await schedlab("cloud-ran", ...given);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toHaveLength(8);
    const rules = (await schedlab("cloud-ran", "--rules")).stdout;
    for (const { name, source } of SUBFRAME_POLICIES) {
      expect(rules).toContain(`${name} (`);
      expect(rules.replace(/\s+/g, " ")).toContain(source.slice(0, 40));
    }
    expect(rules).toContain("guardIterations");
  });

  it("takes as many cells as the file has columns, and the same loads from gzip and UTF-16", async () => {
    const text = "a;b;c;d;e;f\n" + "0;0.5;1;0.25;0.75;1\n".repeat(3);
    const printed: string[] = [];
    for (const bytes of [text, gzipSync(text), Buffer.from(`\uFEFF${text}`, "utf16le")]) {
      await writeFile(file, bytes);
      const { code, stdout } = await schedlab("cloud-ran", file, "--policy", "partitioned, global");
      expect(code).toBe(0);
      expect(stdout).toContain("6 cells of 2 antennas, 3 subframes each");
      printed.push(stdout);
    }
    expect(new Set(printed).size).toBe(1);
    const { code, stderr } = await schedlab("cloud-ran", file, "--cells", "4");
    expect(code).toBe(2);
    expect(stderr).toContain("6 traces of loads for 4 cells; give at least 6 cells, or fewer traces");
  });

  it("draws the decoding iterations that are given", async () => {
    // MCS 27 on two antennas meets 1600 us with one iteration if nothing is guarded, and not with four.
    await writeFile(file, "1\n1\n");
    const rate = async (iterations: string) => {
      const given = ["--iterations", iterations, "--set", "guardIterations=0", "--policy", "partitioned"];
      const { stdout } = await schedlab("cloud-ran", file, ...given, "--json");
      return (JSON.parse(stdout) as { missRate: number }[])[0].missRate;
    };
    expect([await rate("1"), await rate("0,0,0,1")]).toEqual([0, 1]);
  });

  it.each([
    [["--slots", "100000000"], "invalid slots of drawSubframes: 100000000; it must be at most 50000000"],
    [["--slots", "50000000"], "4 cells with 50000000 slots each are too many"],
    [["--cores", "1000000000"], "invalid cores of runSubframes: 1000000000; it must be at most 100000"],
    [["--cells", "1000000"], "invalid cells of drawSubframes: 1000000; it must be at most 100000"],
    [["--set", "slot=500", "--set", "slot=250"], "two settings of slot of model cloud-ran: slot and slot"],
    [["--iterations", "0,0"], "invalid probabilities of iterations: 0, 0"],
    [["--policy", "globl"], "unknown policy of subframes: globl (did you mean global?)"],
    [["--cores", "3"], "3 cores for 4 cells under partitioned"],
    [["--set", "solt=3"], "unknown --set key: solt (did you mean slot?)"],
    [["--rtt", "x"], "Give numbers of at least 0, separated by commas."],
    [["--rtt", "5000"], "halfRtt 2500 leaves no time in the budget 2000"],
    [["no-such-file"], "no-such-file"],
  ])("%j is refused", async (options, message) => {
    const { code, stderr } = await schedlab("cloud-ran", ...options);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it.each([
    ["1\nx\n", 'line 2, column 1: "x" is not a number'],
    ["1 2\n3\n", "line 2 has 1 fields, line 1 2"],
    ["load\n1,2,\n", "line 2 has 3 fields, line 1 1"],
    ["1,2,\n", 'line 1, column 3: "" is not a number'],
    ["O.5\n0.5\n", 'line 1, column 1: "O.5" is not a number; write loads such as 0.5'],
    ["a,1\n1,1\n", 'line 1, column 1: "a" is not a number'],
    ["0,5\n1,0\n", "every line may be one number with a decimal comma, such as 0,5: write 0.5"],
    ["0,5;0,7\n", 'line 1, column 1: "0,5" is not a number; write loads such as 0.5'],
    ["\n", "no loads; give a number in each line"],
    ["1\n-1\n", "trace 1, load 2 is -1; give a number of at least 0"],
  ])("a file of %j is refused, with the file", async (text, message) => {
    await writeFile(file, text);
    const { code, stderr } = await schedlab("cloud-ran", file);
    expect(code).toBe(2);
    expect(stderr).toContain(`${file}: ${message}`);
    const withMean = await schedlab("cloud-ran", file, "--mean", "0.9");
    expect(withMean.stderr).toContain("invalid --mean with");
  });
});
